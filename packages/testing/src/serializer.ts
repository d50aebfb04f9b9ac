/** Snapshots of transcripts that are the same in every run. */
import type { Pop3Server, SessionRecord } from '@pop3kit/server'
import { isServer, isSession } from './subject.ts'
import { stableTranscript } from './text/stable-transcript.ts'

/** A snapshot serializer, as `expect.addSnapshotSerializer()` of Vitest and Jest takes one. */
export interface TranscriptSerializer {
  /** Whether it is for a value: a server or a session. */
  readonly test: (value: unknown) => boolean
  /** The value as it stands in a snapshot. */
  readonly serialize: (value: Pop3Server | SessionRecord) => string
}

/**
 * Writes a server or a session into a snapshot as its transcript, without what differs from run to run. `/vitest`, `/jest` and
 * `/jest-globals` have it registered.
 *
 * @example See what a snapshot holds
 * ```ts
 * import { setupPop3Server } from '@pop3kit/server'
 * import { transcriptSerializer } from '@pop3kit/testing'
 * import assert from 'node:assert/strict'
 * import { once } from 'node:events'
 *
 * const server = setupPop3Server()
 * const peer = server.connect()
 * peer.resume().end('QUIT\r\n')
 * await once(peer, 'end')
 * await server.close()
 *
 * assert.equal(transcriptSerializer.test(server.sessions[0]), true)
 * assert.match(transcriptSerializer.serialize(server), /^S: \+OK POP3 server ready\nC: QUIT\nS: \+OK/)
 * ```
 */
export const transcriptSerializer: TranscriptSerializer = {
  test: (value) => isServer(value) || isSession(value),
  serialize: stableTranscript,
}
