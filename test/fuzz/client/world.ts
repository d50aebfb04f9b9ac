/** Whom the client talks to, as whoever plays a case needs it. */
import type { Pop3ConnectOptions } from '@pop3kit/client'
import { setImmediate } from 'node:timers/promises'

export interface World {
  /** Where the client goes. */
  readonly options: Pick<Pop3ConnectOptions, 'host' | 'port' | 'transport' | 'tls'>
  /** Whether what goes over the transport can be read. */
  readonly isClear: boolean
  /** The most octets that come in one piece. */
  readonly largestPiece: number
  /** Lets time pass on its side, and waits until it has said what it had to say. */
  readonly pass: (ms: number) => Promise<void>
}

/** Lets everything happen that needs no time. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) await setImmediate()
}
