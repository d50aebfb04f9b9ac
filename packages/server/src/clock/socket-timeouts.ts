/**
 * A simulation of what `socket.setTimeout()` of a client in this process would do if the time of the server's clock really passed. Node's
 * own timers for it are internal, and no fake timers reach them.
 */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { Socket } from 'node:net'
import type { Timekeeper } from '../clock.ts'
import type { OwnClock } from './own-clock.ts'
import { RealClock } from './real-clock.ts'

/** What is seen of a client's socket. */
export type TimedSocket = Pick<Socket, 'timeout' | 'bytesRead' | 'bytesWritten' | 'destroyed' | 'emit'>

/** What is seen of a connection. */
export interface TimedConnection {
  /** What changes when octets come or go. */
  readonly activity: number
  /** The client's socket, if it is known. */
  readonly clientSocket: TimedSocket | undefined
}

interface Watch {
  /** The time begins anew when this changes. */
  readonly state: string
  readonly cancel: () => void
}

/** Gives sockets their `timeout` event when the clock has moved on by their timeout and no octets have. */
export class SocketTimeouts {
  readonly #clock: Timekeeper
  #watches = new Map<TimedSocket, Watch>()

  constructor(clock: Timekeeper) {
    this.#clock = clock
  }

  /**
   * Looks at all connections. To be called whenever the server is settled: as time moves only then, what has changed since the last
   * time has changed now.
   */
  look(connections: Iterable<TimedConnection>): void {
    const before = this.#watches
    this.#watches = new Map()
    for (const connection of connections) {
      const { clientSocket } = connection
      if (clientSocket === undefined) continue
      const watch = before.get(clientSocket)
      if (watch?.state === stateOf(connection, clientSocket)) {
        before.delete(clientSocket)
        this.#watches.set(clientSocket, watch)
      } else this.#watches.set(clientSocket, this.#watch(connection, clientSocket))
    }
    for (const { cancel } of before.values()) cancel()
  }

  /** Like Node's, it goes off once, and not again before octets have moved. */
  #watch(connection: TimedConnection, socket: TimedSocket): Watch {
    const state = stateOf(connection, socket)
    const goOff = (): void => {
      if (!socket.destroyed && stateOf(connection, socket) === state) socket.emit('timeout')
    }
    const { timeout = 0 } = socket
    return { state, cancel: timeout === 0 ? () => {} : this.#clock.after(timeout, goOff, 'background') }
  }
}

function stateOf({ activity }: TimedConnection, { timeout, bytesRead, bytesWritten }: TimedSocket): string {
  return `${timeout} ${bytesRead} ${bytesWritten} ${activity}`
}

/** @throws {Pop3ArgumentError} When there is no such choice, or the clock is not one that can be advanced. */
export function socketTimeoutsOn(choice: 'real' | 'clock', clock: OwnClock): SocketTimeouts | undefined {
  if (choice === 'real') return undefined
  if (choice !== 'clock') {
    throw new Pop3ArgumentError(`Cannot use "${String(choice)}" as socketTimeouts: expected 'real' or 'clock'`)
  }
  if (clock instanceof RealClock) {
    throw new Pop3ArgumentError(`Cannot simulate the timeouts of sockets: expected clock: 'virtual' or clock: 'timers'`)
  }
  return new SocketTimeouts(clock)
}
