import { expect, test } from 'vitest'
import { compareDelivery, maildirName, parseMaildirName, uniqueIdOf } from './name.ts'

test.each([
  ['1767600000.M250999P12345Q7.host', undefined, 1_767_600_000_250],
  ['1767600000.12345_7.host:2,', '', 1_767_600_000_000],
  ['1767600000.M5P1.host,S=1200,W=1240:2,FRS', 'FRS', 1_767_600_000_000],
  ['1767600000.x.host;2,S', 'S', 1_767_600_000_000],
  ['1767600000.x.host!2,S', 'S', 1_767_600_000_000],
  ['a-name-of-its-own:2,ST', 'ST', undefined],
  ['1767600000.x.host:1,experimental', undefined, 1_767_600_000_000],
])('the name %s tells flags and time', (name, flags, arrivedAt) => {
  expect(parseMaildirName(name)).toMatchObject({ flags, arrivedAt, base: name.replace(/[:;!]2,.*/, '') })
})

test('messages come in the order of delivery, to the microsecond', () => {
  const names = [
    '1767600001.M1.h',
    '1767600000.M2000.h',
    '1767600000.M1999.h:2,S',
    '999999999.9_2.h',
    '999999999.9_10.h',
    'x',
  ]
  expect(
    names
      .map(parseMaildirName)
      .toSorted(compareDelivery)
      .map(({ base }) => base),
  ).toEqual(['x', '999999999.9_2.h', '999999999.9_10.h', '1767600000.M1999.h', '1767600000.M2000.h', '1767600001.M1.h'])
})

test('R36: the unique-id is the base name, or a digest where that cannot be one', () => {
  expect(uniqueIdOf('1767600000.M1P2.host,S=10')).toBe('1767600000.M1P2.host,S=10')
  expect(uniqueIdOf('x'.repeat(71))).toMatch(/^[0-9a-f]{64}$/)
  expect(uniqueIdOf('a b')).not.toBe(uniqueIdOf('a c'))
})

test('a name that is written is read', () => {
  const name = parseMaildirName(maildirName(3, 1_767_600_000_250, 'RS'))
  expect(name).toEqual({
    base: '1767600000.M250000Q3.pop3kit',
    flags: 'RS',
    arrivedAt: 1_767_600_000_250,
    micros: 250_000,
  })
  expect(parseMaildirName(maildirName(3, 1_767_600_000_007, undefined))).toMatchObject({
    flags: undefined,
    arrivedAt: 1_767_600_000_007,
  })
})
