import { fault, pop3 } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { serverAfter } from '../testing/alice.ts'
import { saidBy } from '../testing/expecting.ts'
import { retrieved } from './retrieved.ts'

test('exactly these messages went out whole, by number or by unique-id', async () => {
  const server = await serverAfter(['RETR 2', 'TOP 3 1', 'RETR 1', 'QUIT'])
  for (const subject of [server, server.sessions[0], server.maildrop('alice')]) {
    expect(retrieved(subject, [1, 2]).pass).toBe(true)
    expect(retrieved(subject, ['uid-1', 2]).pass).toBe(true)
    expect(retrieved(subject, [1]).pass).toBe(false)
    expect(retrieved(subject).pass).toBe(true)
  }
})

test('a message that was taken twice is named twice', async () => {
  const server = await serverAfter(['RETR 1', 'RETR 1'])
  expect(retrieved(server, ['uid-1', 'uid-1']).pass).toBe(true)
  expect(saidBy(retrieved(server, ['uid-1']))).toBe(`Expected the server to have delivered whole exactly these messages

    expected   received
    uid-1      uid-1
  >            uid-1`)
})

test('a message that was cut does not count, and is told', async () => {
  const server = await serverAfter(['RETR 1', 'RETR 2'], pop3.retr(2, fault.cut({ octet: 30 })))
  expect(saidBy(retrieved(server.sessions[0], [1, 2])))
    .toBe(`Expected session 1 to have delivered whole exactly these messages

    expected   received
    1          1 (uid-1)
  > 2

Not whole: RETR 2 of session 1`)
})

test('not: none of these, or nothing at all', async () => {
  const server = await serverAfter(['RETR 1', 'RETR 2'])
  expect(retrieved(server, [3], { isNot: true }).pass).toBe(false)
  expect(retrieved(server, undefined, { isNot: true }).pass).toBe(true)
  expect(saidBy(retrieved(server, ['uid-2'], { isNot: true })))
    .toBe(`Expected the server not to have delivered whole any of uid-2

    received
    uid-1
  > uid-2`)
})

test('what is no list of them is refused', async () => {
  const server = await serverAfter(['QUIT'])
  for (const given of [['uid-1', undefined], 'uid-1', 1]) {
    // @ts-expect-error -- as in JavaScript
    expect(() => retrieved(server, given)).toThrow(expect.objectContaining({ code: 'POP3_EXPECTATION' }))
  }
})
