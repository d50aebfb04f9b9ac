/**
 * What the rest of the server knows of time. Scripted delays and idle timers run on the server's clock (clock/: real, virtual, or the
 * runner's fake timers); housekeeping runs on real time.
 *
 * Liveness: a scripted delay keeps the process alive until it is over, because a client waits for it; an idle timer and
 * the housekeeping do not.
 */
import type { Duration } from '@pop3kit/codec'
import * as timers from 'node:timers'

/**
 * Node's own timers, taken when this is loaded: in CommonJS, node:test's mock timers and @sinonjs/fake-timers put theirs into `node:timers`
 * as well, and fake timers must not freeze the server.
 */
const { clearTimeout, setImmediate, setTimeout } = timers

/** What the middle of the server knows of time. */
export interface Timekeeper {
  /** Milliseconds since the epoch, by this clock. */
  now(): number
  /** Calls back once after `ms` milliseconds, unless the returned function was called before. */
  after(ms: number, callback: () => void, liveness?: Liveness): () => void
}

/** Whether an alarm keeps the process alive while it is pending. */
export type Liveness = 'foreground' | 'background'

/** The clock of a server, as its user sees it. */
export interface ServerClock {
  /** Milliseconds since the epoch, by this clock. */
  now(): number
  /**
   * Moves the clock on: waits until the server is settled ({@link Pop3Server.settled}), fires what is due next, and repeats until the time is
   * up and the server settled again. With `clock: 'timers'` it is the runner's fake timers that are moved, so that a client's own
   * `setTimeout` goes off in its turn, too.
   *
   * @param duration Milliseconds, or text such as `'10m'`; with `'timers'` a fraction of a millisecond does not count.
   * @throws {Pop3ArgumentError} When the duration is none or negative, when the clock is being advanced already, on the real clock, which moves
   * by itself, and with `'timers'` when no fake timers are installed.
   *
   * @example Ten minutes of silence end a session (RFC 1939 section 3)
   * ```ts
   * import { setupPop3Server } from '@pop3kit/server'
   * import assert from 'node:assert/strict'
   *
   * const server = setupPop3Server({ clock: 'virtual' })
   * server.connect().resume()
   * await server.clock.advance('9m')
   * assert.equal(server.sessions[0]?.open, true)
   * await server.clock.advance('1m')
   * assert.equal(server.sessions[0]?.open, false)
   * await server.close()
   * ```
   */
  advance(duration: Duration): Promise<void>
  /**
   * Waits for so long by this clock, for what is scripted beside the server: a token endpoint that is slow.
   *
   * @throws {Pop3ArgumentError} When the duration is none.
   */
  wait(duration: Duration): Promise<void>
}

/** The longest time that a timer of Node takes: what is longer goes off at once (ms, 24 days). */
export const longestDelay: number = 2 ** 31 - 1

/** Housekeeping, never scripted time: lets the event loop turn once. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** Housekeeping: behind what runs now, and before the event loop turns. A promise, because runners fake `process.nextTick`. */
export async function soon(callback: () => void = () => {}): Promise<void> {
  await Promise.resolve()
  callback()
}

/** Calls back after real milliseconds, whatever the scripted time is. */
export function afterReal(ms: number, callback: () => void, liveness: Liveness): () => void {
  const timer = setTimeout(callback, Math.min(ms, longestDelay))
  if (liveness === 'background') timer.unref()
  return () => clearTimeout(timer)
}
