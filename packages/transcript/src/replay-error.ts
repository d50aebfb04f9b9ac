/** The client left the transcript. */
import { Pop3Error } from '@pop3kit/codec'
import { hidden } from './secrets.ts'

/** What a client did otherwise. */
export interface ReplayDifference {
  /** The session, from 1. */
  readonly session: number
  /** The commands before, as far as they help to find the place. */
  readonly before: readonly string[]
  /** The command that comes next in the transcript; `undefined` behind the last one. */
  readonly expected: string | undefined
  /** What the client sent, without secrets; empty when it connected once more. */
  readonly actual: string
}

/** With these the client makes sure that the server has the password, with a number by chance (RFC 5802, RFC 2831). */
const mutual = /^AUTH +(SCRAM-\S+|DIGEST-MD5)/i

/** A difference that no client can help. */
function explanation({ before, expected }: ReplayDifference): string {
  const mechanism = expected === hidden ? mutual.exec(before.findLast((line) => line !== hidden) ?? '')?.[1] : undefined
  if (mechanism === undefined) return ''
  return `\nA login with ${mechanism} cannot be replayed: have the client log in otherwise when you record`
}

/**
 * A client does not do in a strict replay what it did in the transcript. `server.reset()` and `server.close()` tell of it.
 *
 * @example Notice that a client does something else
 * ```ts
 * import assert from 'node:assert/strict'
 * import { once } from 'node:events'
 * import { setupPop3Server } from '@pop3kit/server'
 * import { parseTranscript, replayTranscript } from '@pop3kit/transcript'
 *
 * const server = setupPop3Server(replayTranscript(parseTranscript('S: +OK\nC: USER alice\nS: +OK\n')))
 * const peer = server.connect()
 * await once(peer, 'data')
 * peer.write('CAPA\r\n')
 * await once(peer, 'data')
 * await assert.rejects(server.close(), /- C: USER alice\n\+ C: CAPA/)
 * ```
 */
export class ReplayError extends Pop3Error {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'ReplayError', configurable: true, writable: true })
  }

  /** Always `POP3_REPLAY`. */
  declare readonly code: 'POP3_REPLAY'
  /** The session, from 1. */
  readonly session: number
  /** The command that comes next in the transcript; `undefined` behind the last one. */
  readonly expected: string | undefined
  /** What the client sent, without secrets; empty when it connected once more. */
  readonly actual: string

  /** Made in a strict replay. */
  constructor(difference: ReplayDifference) {
    const { session, before, expected, actual } = difference
    const context = before.map((line) => `\n  C: ${line}`).join('')
    const missing = expected === undefined ? '\n- (the transcript ends)' : `\n- C: ${expected}`
    const other = actual === '' ? '\n+ (a connection)' : `\n+ C: ${actual}`
    super(
      'POP3_REPLAY',
      `Cannot go on with session ${session}: the client does something else${context}${missing}${other}${explanation(difference)}`,
    )
    this.session = session
    this.expected = expected
    this.actual = actual
  }
}
