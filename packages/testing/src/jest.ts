/** Jest with its global functions: the matchers, and a server for each file. @packageDocumentation */
import type { Pop3Server } from '@pop3kit/server'
import { type JestHooks, serverOfFile } from './lifecycle/jest.ts'
import type { Pop3TestOptions } from './lifecycle/options.ts'
import { type Pop3AsymmetricMatchers, type Pop3Matchers, pop3Matchers } from './matchers.ts'
import { type TranscriptSerializer, transcriptSerializer } from './serializer.ts'

declare global {
  namespace jest {
    // oxlint-disable-next-line typescript/no-unused-vars -- every declaration of an interface has the same type parameters
    interface Matchers<R, T> extends Pop3Matchers<R> {}
    interface Expect extends Pop3AsymmetricMatchers {}
    interface InverseAsymmetricMatchers extends Pop3AsymmetricMatchers {}
  }
}

/** What Jest puts into the global object. */
interface JestGlobals extends JestHooks {
  readonly expect: {
    extend(matchers: typeof pop3Matchers): void
    addSnapshotSerializer(serializer: TranscriptSerializer): void
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whose types are those of @types/jest, which not everybody has
const globals = globalThis as unknown as JestGlobals

globals.expect.extend(pop3Matchers)
globals.expect.addSnapshotSerializer(transcriptSerializer)

/**
 * A server that listens while the tests of this file (or of this `describe`) run. Behind each test it is reset to what the options say,
 * and the test fails if a fault has not fired or a client has not closed. A failure tells the transcripts of the sessions.
 *
 * Tests that run side by side (`test.concurrent`) take {@link withPop3Server} instead.
 *
 * @example A suite
 * ```ts no-run: it needs Jest; the check of the consumers runs the suite of docs/test-runners.md
 * import { usePop3Server } from '@pop3kit/testing/jest'
 *
 * const server = usePop3Server({ maildrops: { alice: { password: 'wonderland' } } })
 *
 * test('nobody has come', () => {
 *   expect(server.maildrop('alice')).toHaveMessages(0)
 * })
 * ```
 */
export function usePop3Server(options: Pop3TestOptions = {}): Pop3Server {
  return serverOfFile(options, globals)
}

export { fault, pop3, reply } from '@pop3kit/server'
