import { expect, test } from 'vitest'
import { fault } from '../index.ts'
import { play } from '../testing/play.ts'

const one = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n'

test('M13: the terminator comes behind the status line of the next reply, and the next but one is held back again', async () => {
  const { chunks, fired } = await play(fault.interleave(), ['RETR 1', 'RETR 1', 'RETR 1', 'STAT', 'STAT'])
  const [status = '', ...body] = one.split(/(?<=\r\n)/)
  expect(chunks).toEqual([one, `${status}.\r\n${body.join('')}.\r\n`, one, '+OK 2 58\r\n.\r\n', '+OK 2 58\r\n'])
  expect(fired).toBe(4)
})

test('a client that waits for the reply waits for ever', async () => {
  const { octets } = await play(fault.interleave(), 'RETR 1', { during: '9m' })
  expect(octets).toBe(one)
})

test('replies of one line have nothing to hold back', async () => {
  const { octets, fired } = await play(fault.interleave(), ['STAT', 'NOOP'])
  expect(octets).toBe('+OK 2 58\r\n+OK\r\n')
  expect(fired).toBe(0)
})

test('each session has its own terminator, and what is sent in pieces is the outcome', async () => {
  const interleaved = fault.interleave()
  await play(interleaved, 'RETR 1')
  const { octets } = await play(interleaved, 'STAT')
  expect(octets).toBe('+OK 2 58\r\n')
  const { chunks } = await play([fault.apart('lines'), fault.interleave()], ['LIST', 'NOOP'])
  expect(chunks).toEqual(['+OK 2 messages (58 octets)\r\n', '1 31\r\n', '2 27\r\n', '+OK\r\n', '.\r\n'])
})
