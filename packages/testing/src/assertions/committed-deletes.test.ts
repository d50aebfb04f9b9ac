import { expect, test } from 'vitest'
import { serverAfter } from '../testing/alice.ts'
import { saidBy } from '../testing/expecting.ts'
import { committedDeletes } from './committed-deletes.ts'

test('exactly these messages were removed by UPDATE, in whatever order', async () => {
  const server = await serverAfter(['DELE 1', 'DELE 3', 'QUIT'])
  for (const subject of [server, server.sessions[0], server.maildrop('alice')]) {
    expect(committedDeletes(subject, ['uid-3', 'uid-1']).pass).toBe(true)
    expect(committedDeletes(subject, ['uid-1']).pass).toBe(false)
    expect(committedDeletes(subject).pass).toBe(true)
  }
})

test('what is missing and what is too much is marked', async () => {
  const server = await serverAfter(['DELE 1', 'DELE 3', 'QUIT'])
  expect(saidBy(committedDeletes(server.maildrop('alice'), ['uid-1', 'uid-2'])))
    .toBe(`Expected the maildrop of "alice" to have committed the deletion of exactly these messages

    expected   received
    uid-1      uid-1
  >            uid-3
  > uid-2`)
})

test('R39: a DELE without QUIT removes nothing, and the message says so', async () => {
  const server = await serverAfter(['DELE 1', 'DELE 2'])
  expect(committedDeletes(server, []).pass).toBe(true)
  expect(saidBy(committedDeletes(server, ['uid-1'])))
    .toBe(`Expected the server to have committed the deletion of exactly these messages

    expected   received
  > uid-1

Session 1 sent DELE 2 times and has not said QUIT yet`)
})

test('not: none of these was removed, whatever else was', async () => {
  const server = await serverAfter(['DELE 1', 'DELE 2', 'QUIT'])
  expect(committedDeletes(server, ['uid-3'], { isNot: true }).pass).toBe(false)
  const outcome = committedDeletes(server, ['uid-2', 'uid-3'], { isNot: true })
  expect(outcome.pass).toBe(true)
  expect(saidBy(outcome)).toBe(`Expected the server not to have committed the deletion of any of uid-2, uid-3

    received
    uid-1
  > uid-2`)
})

test('not, without a list: nothing was removed at all', async () => {
  const removing = await serverAfter(['DELE 1', 'QUIT'])
  const reading = await serverAfter(['RETR 1', 'QUIT'])
  expect(committedDeletes(removing, undefined, { isNot: true }).pass).toBe(true)
  expect(committedDeletes(removing, [], { isNot: true }).pass).toBe(true)
  expect(committedDeletes(reading, undefined, { isNot: true }).pass).toBe(false)
  expect(committedDeletes(reading).pass).toBe(false)
})

test('what is no list of them is refused', async () => {
  const server = await serverAfter(['QUIT'])
  for (const given of [['uid-1', 1], 'uid-1', null]) {
    // @ts-expect-error -- as in JavaScript
    expect(() => committedDeletes(server, given)).toThrow(expect.objectContaining({ code: 'POP3_EXPECTATION' }))
  }
})
