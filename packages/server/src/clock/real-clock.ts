/** The computer's time. */
import { type Duration, Pop3ArgumentError } from '@pop3kit/codec'
import { type Liveness, afterReal } from '../clock.ts'
import { type OwnClock, passingOf } from './server-clock.ts'

/** A clock that moves by itself. */
export class RealClock implements OwnClock {
  now(): number {
    return Date.now()
  }

  after(ms: number, callback: () => void, liveness: Liveness = 'foreground'): () => void {
    return afterReal(ms, callback, liveness)
  }

  advance(): Promise<void> {
    return Promise.reject(
      new Pop3ArgumentError(
        `Cannot advance the real clock: expected a server made with clock: 'virtual' or clock: 'timers'`,
      ),
    )
  }

  wait(duration: Duration): Promise<void> {
    return passingOf(duration, this)
  }

  runJobs(): void {}

  reset(): void {}
}
