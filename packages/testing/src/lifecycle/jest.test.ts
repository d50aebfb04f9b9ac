import { fault, pop3 } from '@pop3kit/server'
import { afterEach, expect, test } from 'vitest'
import { login, maildrops, say } from '../testing/alice.ts'
import { serverOfFile } from './jest.ts'
import type { JestTest } from './jest-events.ts'

const key = Symbol.for('EVENT_HANDLERS')

/** As jest-circus runs a file. */
function circus() {
  const handlers: ((event: { name: string; test?: JestTest }) => void)[] = []
  Reflect.set(globalThis, key, handlers)
  const hooks = { beforeAll: [] as Hook[], afterEach: [] as Hook[], afterAll: [] as Hook[] }
  const server = serverOfFile(
    { maildrops, clock: 'virtual', seed: 5 },
    {
      beforeAll: (hook) => hooks.beforeAll.push(hook),
      afterEach: (hook) => hooks.afterEach.push(hook),
      afterAll: (hook) => hooks.afterAll.push(hook),
    },
  )
  const runTest = async (body: () => unknown, { failing = false, late }: Ending = {}): Promise<JestTest> => {
    const running: JestTest = { errors: [], failing }
    for (const handler of handlers) handler({ name: 'test_start', test: running })
    for (const part of [body, ...hooks.afterEach]) {
      try {
        await part()
      } catch (error) {
        if (!failing) running.errors = [...running.errors, [error, new Error('the place')]]
      }
    }
    if (late !== undefined) running.errors = [...running.errors, late]
    for (const handler of handlers) handler({ name: 'test_done', test: running })
    return running
  }
  const runAll = async (which: keyof typeof hooks): Promise<void> => {
    for (const hook of hooks[which]) await hook()
  }
  return { server, runTest, runAll }
}
type Hook = () => Promise<unknown>

/** How a test ends: as a test of `test.failing`, or with an error that is found behind its hooks. */
interface Ending {
  readonly failing?: boolean
  readonly late?: Error
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, key)
})

test('one server listens for the file, and each test finds it as it was set up', async () => {
  const { server, runTest, runAll } = circus()
  await runAll('beforeAll')
  const { port } = server
  const first = await runTest(() => say(server, [...login, 'DELE 1', 'QUIT']))
  expect(first.errors).toEqual([])
  expect(server.port).toBe(port)
  expect(server.sessions).toEqual([])
  expect(server.maildrop('alice').messages).toHaveLength(3)
  await runAll('afterAll')
  expect(server.addresses).toEqual([])
})

test('a failure tells its sessions, and only its own', async () => {
  const { server, runTest } = circus()
  const fail = (line: string) => async () => {
    await say(server, [...login, line])
    throw new Error('x')
  }
  const first = await runTest(fail('STAT'))
  const second = await runTest(fail('LIST'))
  expect(String(first.errors.flat()[0])).toMatch(
    /^Error: x\n\nThe POP3 sessions of this test:\n\nSession 1 .*C: STAT.*\n\nSeed 5$/s,
  )
  expect(String(second.errors.flat()[0])).not.toContain('STAT')
})

test('what Jest finds behind all hooks tells the sessions, too: a snapshot that differs, assertions that are missing', async () => {
  const { server, runTest } = circus()
  const { errors } = await runTest(() => say(server, [...login, 'QUIT']), {
    late: new Error('Expected two assertions'),
  })
  expect(String(errors.flat()[0])).toMatch(
    /^Error: Expected two assertions\n\nThe POP3 sessions .*C: QUIT.*\n\nSeed 5$/s,
  )
})

test('what is thrown and is no error is told, too', async () => {
  const { runTest } = circus()
  const { errors } = await runTest(() => Promise.reject('a word'))
  expect(errors.flat()[0]).toMatch(/^a word\n\nThe POP3 sessions/)
})

test('what is left behind fails a test, and not the next one', async () => {
  const { server, runTest } = circus()
  const pending = await runTest(() => server.use(pop3.stat(fault.err('busy'))))
  const open = await runTest(() => say(server, login))
  expect(pending.errors.flat()[0]).toMatchObject({ code: 'POP3_PENDING_FAULTS' })
  expect(open.errors.flat()[0]).toMatchObject({ code: 'POP3_OPEN_SESSIONS' })
  expect((await runTest(() => undefined)).errors).toEqual([])
})

test('a test that is known to fail leaves behind what it likes', async () => {
  const { server, runTest } = circus()
  const { errors } = await runTest(
    async () => {
      await say(server, login)
      throw new Error('known')
    },
    { failing: true },
  )
  expect(errors).toEqual([])
})
