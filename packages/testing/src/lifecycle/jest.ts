/** The life of a server in a file of Jest's, for global functions and for those of `@jest/globals`. */
import { type Pop3Server, setupPop3Server } from '@pop3kit/server'
import { type ServerReport, reportOf, tellSessions, told } from './failure.ts'
import { type JestTest, onJestEvent } from './jest-events.ts'
import type { Pop3TestOptions } from './options.ts'
import { checkServer, telling } from './server-of-test.ts'

/** The hooks of Jest. */
export interface JestHooks {
  readonly beforeAll: (hook: () => Promise<unknown>) => void
  readonly afterEach: (hook: () => Promise<unknown>) => void
  readonly afterAll: (hook: () => Promise<unknown>) => void
}

/** A server that listens from `beforeAll` to `afterAll`, and is checked and reset behind each test. */
export function serverOfFile({ listen, ...options }: Pop3TestOptions, hooks: JestHooks): Pop3Server {
  const server = setupPop3Server(options)
  let running: JestTest | undefined
  /** The sessions of tests, for when Jest has written their errors: it finds snapshots that differ and missing assertions behind all hooks. */
  const reports = new Map<JestTest, () => ServerReport>()

  onJestEvent((name, test) => {
    if (name === 'test_start') running = test
    if (name !== 'test_done') return
    const report = reports.get(test)
    reports.delete(test)
    if (report === undefined || test.errors.length === 0) return
    const told = report()
    test.errors = test.errors.map((error) => withSessions(error, told))
  })
  hooks.beforeAll(() => server.listen(listen))
  hooks.afterEach(async () => {
    const { sessions, seed } = server
    if (running !== undefined && running.errors.length > 0) {
      const report = reportOf(server)
      reports.set(running, () => report)
      // What handlers threw is in the transcript.
      await server.reset().catch(() => undefined)
      return
    }
    try {
      // A test of which everybody knows that it fails leaves behind what it likes.
      if (running?.failing !== true) await checkServer(server)
    } catch (error) {
      await server.reset().catch(() => undefined)
      throw error
    }
    if (running !== undefined) reports.set(running, () => reportOf({ sessions, seed }))
    await telling(server, () => server.reset())
  })
  hooks.afterAll(() => server.close())
  return server
}

/** An error as Jest keeps it: alone, or with another one that knows the place. */
function withSessions(error: unknown, report: ServerReport): unknown {
  if (Array.isArray(error)) return [withSessions(error[0], report), ...error.slice(1)]
  return typeof error === 'string' ? told(error, report) : tellSessions(error, report)
}
