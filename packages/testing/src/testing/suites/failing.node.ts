/** Run by src/node.test.ts: what must fail, and how. */
import { fault, pop3 } from '@pop3kit/server'
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertReceivedCommands, assertRetrieved, usePop3Server } from '../../node.ts'
import { login, maildrops, say } from '../alice.ts'

const options = { maildrops, clock: 'virtual', seed: 7 } as const

void test('passes', async (context) => {
  const server = await usePop3Server(context, options)
  await say(server, [...login, 'RETR 1', 'QUIT'])
  assertRetrieved(server, ['uid-1'])
})

void test('an assertion fails', async (context) => {
  const server = await usePop3Server(context, options)
  await say(server, [...login, 'RETR 1', 'QUIT'])
  assertReceivedCommands(server, ['RETR 1', 'DELE 1', 'QUIT'])
})

void test('something else fails', async (context) => {
  const server = await usePop3Server(context, options)
  await say(server, [...login, 'QUIT'])
  assert.deepEqual([1], [2])
})

void test('a fault is left over', async (context) => {
  const server = await usePop3Server(context, options)
  server.use(pop3.retr(2, fault.cut({ octet: 10 }), { once: true }))
})

void test('a session is left open', async (context) => {
  await say(await usePop3Server(context, options), login)
})

void test('the time runs out', { timeout: 1000 }, async (context) => {
  const server = await usePop3Server(context, options)
  await say(server, login)
  await new Promise<void>((answered) => server.on('close', () => answered()))
})

void test('a word is thrown', async (context) => {
  const server = await usePop3Server(context, options)
  await say(server, [...login, 'QUIT'])
  return Promise.reject('a word')
})
