/** The catalogue of faults, a family a file or several. */
import { capabilities } from './capability.ts'
import { cut, cutSilently, halfClose, hangUp, refuse, reset } from './connection.ts'
import { bandwidth, drip } from './drip.ts'
import { extraLine, insert, longLine, longStatus } from './framing.ts'
import { uids } from './identity.ts'
import { interleave } from './interleave.ts'
import { lineEnds } from './line-ends.ts'
import { challenge } from './login.ts'
import { arrive, keep, quota, vanish } from './maildrop.ts'
import { rows, sizes, total } from './numbers.ts'
import { blankLine, duplicate, err, fail, multiLine, single, status, text, withhold } from './reply.ts'
import { apart, chunks, coalesce, split } from './segmentation.ts'
import { stuffing } from './stuffing.ts'
import { terminator } from './terminator.ts'
import { slow, slowBetween, slowLognormal, stall } from './time.ts'
import { tls } from './tls.ts'
import { truncate, whole } from './top.ts'

/**
 * Faults: ready-made handlers, each a misbehaviour that real servers show.
 *
 * @example Cut a message at an octet and see that the client notices
 * ```ts
 * import { Pop3Client } from '@pop3kit/client'
 * import { fault, pop3, setupPop3Server } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const server = setupPop3Server({ maildrops: { alice: { password: 'wonderland', messages: ['Subject: hi\r\n\r\nhello\r\n'] } } })
 * server.use(pop3.retr(1, fault.cut({ octet: 20 }), { once: true }))
 *
 * const client = new Pop3Client({ transport: server.connect() })
 * await client.login({ user: 'alice', pass: 'wonderland' })
 * await assert.rejects(client.retr(1), { code: 'POP3_CLOSED' })
 * await server.close()
 * ```
 */
export const fault: {
  readonly err: typeof err
  readonly status: typeof status
  readonly duplicate: typeof duplicate
  readonly blankLine: typeof blankLine
  readonly withhold: typeof withhold
  readonly single: typeof single
  readonly multiLine: typeof multiLine
  readonly fail: typeof fail
  readonly text: typeof text
  readonly terminator: typeof terminator
  readonly stuffing: typeof stuffing
  readonly interleave: typeof interleave
  readonly lineEnds: typeof lineEnds
  readonly longLine: typeof longLine
  readonly insert: typeof insert
  readonly extraLine: typeof extraLine
  readonly longStatus: typeof longStatus
  readonly truncate: typeof truncate
  readonly whole: typeof whole
  readonly split: typeof split
  readonly chunks: typeof chunks
  readonly apart: typeof apart
  readonly coalesce: typeof coalesce
  readonly slow: typeof slow
  readonly slowBetween: typeof slowBetween
  readonly slowLognormal: typeof slowLognormal
  readonly drip: typeof drip
  readonly bandwidth: typeof bandwidth
  readonly stall: typeof stall
  readonly refuse: typeof refuse
  readonly cut: typeof cut
  readonly cutSilently: typeof cutSilently
  readonly reset: typeof reset
  readonly halfClose: typeof halfClose
  readonly hangUp: typeof hangUp
  readonly total: typeof total
  readonly sizes: typeof sizes
  readonly rows: typeof rows
  readonly uids: typeof uids
  readonly arrive: typeof arrive
  readonly vanish: typeof vanish
  readonly keep: typeof keep
  readonly quota: typeof quota
  readonly capabilities: typeof capabilities
  readonly challenge: typeof challenge
  readonly tls: typeof tls
} = {
  err,
  status,
  duplicate,
  blankLine,
  withhold,
  single,
  multiLine,
  fail,
  text,
  terminator,
  stuffing,
  interleave,
  lineEnds,
  longLine,
  insert,
  extraLine,
  longStatus,
  truncate,
  whole,
  split,
  chunks,
  apart,
  coalesce,
  slow,
  slowBetween,
  slowLognormal,
  drip,
  bandwidth,
  stall,
  refuse,
  cut,
  cutSilently,
  reset,
  halfClose,
  hangUp,
  total,
  sizes,
  rows,
  uids,
  arrive,
  vanish,
  keep,
  quota,
  capabilities,
  challenge,
  tls,
}
