import { expect, test } from 'vitest'
import { type Fault, type MessageInit, fault } from '../index.ts'
import { play } from '../testing/play.ts'
import { talk } from '../testing/talk.ts'

const messages: readonly MessageInit[] = ['a', 'b', 'c', 'd'].map((uid) => ({ content: 'x\r\n', uid }))
const list = (...rows: string[]): string =>
  `+OK unique-id listing follows\r\n${rows.map((row) => `${row}\r\n`).join('')}.\r\n`
const x = 'x'.repeat(129)

test.each<[Fault, string, string]>([
  [fault.uids('duplicate'), 'UIDL', list('1 a', '2 a', '3 c', '4 c')],
  [fault.uids('duplicate'), 'UIDL 4', '+OK 4 c\r\n'],
  [fault.uids({ duplicate: 2 }), 'UIDL', list('1 a', '2 a', '3 c', '4 d')],
  [fault.uids('churn'), 'UIDL', list('1 1.a', '2 1.b', '3 1.c', '4 1.d')],
  [fault.uids('churn'), 'UIDL 2', '+OK 2 1.b\r\n'],
  [fault.uids('reused'), 'UIDL', list('1 1', '2 2', '3 3', '4 4')],
  [fault.uids('reused'), 'UIDL 2', '+OK 2 2\r\n'],
  [fault.uids('blank'), 'UIDL', list('1 ', '2 ', '3 ', '4 ')],
  [fault.uids('blank'), 'UIDL 2', '+OK 2 \r\n'],
  [fault.uids('long'), 'UIDL', list(`1 a${x}`, `2 b${x}`, `3 c${x}`, `4 d${x}`)],
  [fault.uids('spaces'), 'UIDL', list('1 a 1', '2 b 2', '3 c 3', '4 d 4')],
  [fault.uids('missing'), 'UIDL', list('1', '2', '3', '4')],
  [fault.uids('missing'), 'UIDL 2', '+OK 2\r\n'],
  [fault.rows('ok-prefix'), 'UIDL', list('+OK 1 a', '+OK 2 b', '+OK 3 c', '+OK 4 d')],
  [fault.rows('missing-number'), 'UIDL 3', '+OK c\r\n'],
])('$0.fault at $1: exactly these octets, in one piece', async (played, command, expected) => {
  const { chunks, fired } = await play(played, command, { messages })
  expect(chunks).toEqual([expected])
  expect(fired).toBe(1)
})

test('M31: unique-ids churn from session to session, and stay within 70 octets', async () => {
  const uid = 'y'.repeat(70)
  const { server, octets } = await play(fault.uids('churn'), ['UIDL 1', 'QUIT'], { messages: [{ content: 'x', uid }] })
  expect(octets).toContain(`+OK 1 1.${'y'.repeat(68)}\r\n`)
  const again = await talk(server).login()
  expect(await again.say('UIDL 1')).toBe(`+OK 1 2.${'y'.repeat(68)}`)
})

test('M31: the unique-id of a deleted message comes back', async () => {
  const { server } = await play(fault.uids('reused'), ['DELE 1', 'QUIT'], { messages })
  const again = await talk(server).login()
  expect(await again.ask('UIDL')).toEqual(['+OK unique-id listing follows', '1 1', '2 2', '3 3'])
})

test.each(['LIST', 'STAT', 'UIDL 9'])('uids changes nothing at %s', async (command) => {
  expect((await play(fault.uids('missing'), command)).fired).toBe(0)
})

test('another manner is refused when the fault is made', () => {
  expect(() => fault.uids('short' as never)).toThrow(
    "Cannot use 'short' as the manner of unique-ids: expected 'duplicate', 'churn'",
  )
})

test('the first message has none before it whose unique-id it could have', () => {
  expect(() => fault.uids({ duplicate: 1 })).toThrow(
    'Cannot use 1 as the second of two messages: expected a whole number, 2 or more',
  )
})
