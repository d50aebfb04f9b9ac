/** Faults of the TLS handshake, at `pop3.tls`. Certificates that are bad are an option of the server. */
import type { Step } from '../reply/delivery.ts'
import { reply, wordless } from '../reply/reply.ts'
import { word } from './arguments.ts'
import { type FaultMaker, answering, defineFault } from './fault.ts'

/** What can go wrong where a handshake is due. */
export type TlsManner = 'stall' | 'abort' | 'plain' | 'alert'

/** The record of a fatal alert: handshake_failure (RFC 8446 section 6). */
const alert: Step = { type: 'write', part: 'status', octets: Uint8Array.of(21, 3, 3, 0, 2, 2, 40) }

const answers = {
  stall: reply.stall,
  abort: reply.close,
  plain: reply.none,
  alert: () => wordless(alert, { type: 'close' }),
} as const

/**
 * Does something else where the TLS handshake is due. `stall`: nothing, for ever. `abort`: the connection is closed. `plain`: the session goes on in
 * clear, as a plain service on the TLS port does (M73). `alert`: the fatal alert handshake_failure, then the end.
 */
export const tls: FaultMaker<[manner: TlsManner]> = defineFault(
  'tls',
  [word('the manner of a handshake', 'stall', 'abort', 'plain', 'alert')],
  (manner) => answering(({ point }) => (point === 'tls' ? answers[manner]() : undefined)),
)
