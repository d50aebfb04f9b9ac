/**
 * pnpm real-servers SERVER... [-- COMMAND...]: starts real servers, one after the other, and runs the command with the address of
 * each in its environment. Without a command a server runs until it is interrupted. docs/real-servers.md says the rest.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { isRealServerName, type RealServer, realServerNames, type RealServerName, startRealServer } from './start.ts'

/** In milliseconds: nothing stays longer. */
const LIMIT = 3_600_000

/** Gives the exit status of the command. */
async function runWith(name: RealServerName, command: readonly string[], stop: AbortSignal): Promise<number> {
  const server = await startRealServer(name)
  try {
    return await run(server, command, stop)
  } finally {
    await server.stop()
  }
}

async function run(
  { name, host, port, tlsPort }: RealServer,
  [program, ...args]: readonly string[],
  stop: AbortSignal,
): Promise<number> {
  if (program === undefined) {
    console.log(`${name}: pop://${host}:${port}, with implicit TLS on port ${tlsPort}`)
    if (!stop.aborted) await once(stop, 'abort')
    return 0
  }
  const address = { POP3_SERVER: name, POP3_HOST: host, POP3_PORT: `${port}`, POP3_TLS_PORT: `${tlsPort}` }
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...address }, signal: stop })
  const [status] = await once(child, 'exit')
  return typeof status === 'number' ? status : 1
}

const words = process.argv.slice(2)
const end = words.indexOf('--')
const given = end < 0 ? words : words.slice(0, end)
const command = end < 0 ? [] : words.slice(end + 1)
const names = given.length === 1 && given[0] === 'all' ? realServerNames : given
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort())
const stop = AbortSignal.any([interrupted.signal, AbortSignal.timeout(LIMIT)])

try {
  if (names.length === 0 || !names.every(isRealServerName)) {
    throw new Error(`Usage: pnpm real-servers all|${realServerNames.join('|')} [-- COMMAND...]`)
  }
  for (const name of names) {
    if (!stop.aborted) process.exitCode = Math.max(Number(process.exitCode ?? 0), await runWith(name, command, stop))
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
