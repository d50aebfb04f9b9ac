import { expect, test } from 'vitest'
import type { Case, Step } from './captured-case.ts'
import { difference, playable } from './compare.ts'

const captured = (...steps: Step[]): Case => ({ case: 'a', state: 'AUTHORIZATION', title: 'A case', steps })

test('Digests of the challenges of a capture are made anew', () => {
  const apop = captured(
    { s: '+OK <1.2@mail.example.com>\r\n' },
    { c: 'APOP alice 27517ae9f3c18b7dd08238c2fb22bdeb\r\n' },
    { c: 'APOP alice 00000000000000000000000000000000\r\n' },
  )
  expect(playable(apop).steps.map(({ c }) => c)).toEqual([
    undefined,
    'APOP alice <apop wonderland>\r\n',
    'APOP alice 00000000000000000000000000000000\r\n',
  ])
})

test('Captures that differ in unique-ids, times and challenges are the same', () => {
  const one = captured(
    { s: '+OK ready <5d2.18.6b036bfb.ITxew4iAhVS6T2oRznCZNQ==@mail.example.com>\r\n', t: 0.1 },
    { c: 'UIDL 1\r\n' },
    { s: '+OK 1 1795384786.642\r\n' },
  )
  const other = captured(
    { s: '+OK ready <1.18.6b036bff.9ITxew4iAhVS6T2oRznCZA==@mail.example.com>\r\n', t: 0.2 },
    { c: 'UIDL 1\r\n' },
    { s: '+OK 1 ' },
    { s: '1795389999.1\r\n' },
  )
  expect(difference(one, other)).toBeUndefined()
})

test('The first answer that is not the same is the difference, and so is another end of the connection', () => {
  const one = captured({ s: '+OK\r\n' }, { c: 'QUIT\r\n' }, { s: '+OK bye\r\n', closed: 'closed' })
  const other = captured({ s: '+OK\r\n' }, { c: 'QUIT\r\n' }, { s: '+OK bye\r\n', closed: 'reset' })
  expect(difference(one, other)).toBe(String.raw`"+OK bye\r\nreset" instead of "+OK bye\r\nclosed"`)
  expect(difference(one, undefined)).toBe(String.raw`"nothing" instead of "+OK\r\n"`)
})
