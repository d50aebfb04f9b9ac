/**
 * What happens to the tests of a Jest file. jest-circus tells it to every function in a list that it keeps in the global object, under a
 * symbol that is registered so that others find it; `addEventHandler` of jest-circus adds to the same list. A hook is not told whether its
 * test has failed. Where there is no such list (jest-jasmine2), failures are told without transcripts.
 */

/** A test, as jest-circus has it. */
export interface JestTest {
  /** What has gone wrong so far. */
  errors: readonly unknown[]
  /** Whether it was written with `test.failing`. */
  readonly failing?: boolean
}

interface JestEvent {
  readonly name: string
  readonly test?: JestTest
}

/** Calls back with every event of a test. */
export function onJestEvent(listener: (name: string, test: JestTest) => void): void {
  const handlers: unknown = Reflect.get(globalThis, Symbol.for('EVENT_HANDLERS'))
  if (!Array.isArray(handlers)) return
  handlers.push(({ name, test }: JestEvent) => {
    if (test !== undefined) listener(name, test)
  })
}
