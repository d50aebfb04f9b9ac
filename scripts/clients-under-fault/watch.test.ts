import { setupPop3Server } from '@pop3kit/server'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { Watch, type Standstill } from './watch.ts'

/** Runs a client in Node that has a `socket`, and looks on. */
async function watched(program: string): Promise<{ standstill: Standstill | undefined; signal: unknown }> {
  const server = setupPop3Server()
  onTestFinished(() => server.close())
  const { port } = await server.listen()
  const connected = `const socket = require('node:net').connect(${port}, '127.0.0.1');`
  const child = spawn(process.execPath, ['--eval', connected + program], { stdio: 'ignore' })
  const watch = new Watch(server, child, 200)
  const [, signal] = await once(child, 'close')
  return { standstill: watch.standstill, signal }
}

test('a client that waits in silence hangs, and is ended', async () => {
  expect(await watched('')).toEqual({ standstill: 'hangs', signal: 'SIGTERM' })
})

test('one that does not heed the signal is killed', async () => {
  expect(await watched(`process.on('SIGTERM', () => {})`)).toEqual({ standstill: 'hangs', signal: 'SIGKILL' })
})

test.skipIf(!existsSync('/proc/self/stat'))('a client that is silent and does not wait spins', async () => {
  expect(await watched(`socket.on('data', () => { for (;;); })`)).toMatchObject({ standstill: 'SPINS at 100 % CPU' })
})

test('a client that goes on talking is left alone', async () => {
  const talk = `let left = 8; const timer = setInterval(() => left-- > 0 ? socket.write('NOOP\\r\\n') : process.exit(), 60)`
  expect(await watched(talk)).toEqual({ standstill: undefined, signal: null })
})
