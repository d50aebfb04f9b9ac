/** The computer's time. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { type Liveness, afterReal } from '../clock.ts'
import { OwnClock } from './own-clock.ts'

/** A clock that moves by itself. */
export class RealClock extends OwnClock {
  override now(): number {
    return Date.now()
  }

  override after(ms: number, callback: () => void, liveness: Liveness = 'foreground'): () => void {
    return afterReal(ms, callback, liveness)
  }

  override advance(): Promise<void> {
    return Promise.reject(
      new Pop3ArgumentError(
        `Cannot advance the real clock: expected a server made with clock: 'virtual' or clock: 'timers'`,
      ),
    )
  }
}
