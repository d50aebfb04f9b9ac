/** Jest with `@jest/globals`: the matchers, and a server for each file. @packageDocumentation */
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals'
import type { Pop3Server } from '@pop3kit/server'
import { serverOfFile } from './lifecycle/jest.ts'
import type { Pop3TestOptions } from './lifecycle/options.ts'
import { type Pop3AsymmetricMatchers, type Pop3Matchers, pop3Matchers } from './matchers.ts'
import { transcriptSerializer } from './serializer.ts'

declare module 'expect' {
  // oxlint-disable-next-line typescript/no-unused-vars -- every declaration of an interface has the same type parameters
  interface Matchers<R extends void | Promise<void>, T> extends Pop3Matchers<R> {}
  interface AsymmetricMatchers extends Pop3AsymmetricMatchers {}
}

expect.extend(pop3Matchers)
expect.addSnapshotSerializer(transcriptSerializer)

/**
 * A server that listens while the tests of this file (or of this `describe`) run. Behind each test it is reset to what the options say,
 * and the test fails if a fault has not fired or a client has not closed. A failure tells the transcripts of the sessions.
 *
 * Tests that run side by side (`test.concurrent`) take {@link withPop3Server} instead.
 *
 * @example A suite
 * ```ts no-run: it needs Jest; the check of the consumers runs the suite of docs/test-runners.md
 * import { expect, test } from '@jest/globals'
 * import { usePop3Server } from '@pop3kit/testing/jest-globals'
 *
 * const server = usePop3Server({ maildrops: { alice: { password: 'wonderland' } } })
 *
 * test('nobody has come', () => {
 *   expect(server.maildrop('alice')).toHaveMessages(0)
 * })
 * ```
 */
export function usePop3Server(options: Pop3TestOptions = {}): Pop3Server {
  return serverOfFile(options, { afterAll, afterEach, beforeAll })
}

export { fault, pop3, reply } from '@pop3kit/server'
