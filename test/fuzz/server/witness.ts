/** One session, as the client and as the server saw it. */
import type { SessionRecord } from '@pop3kit/server'
import type { Peer } from './peer.ts'

export interface Witness {
  readonly peer: Peer
  readonly session: SessionRecord
}
