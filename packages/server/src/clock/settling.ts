/** When a server is settled: before that, time does not move. */
import { afterReal, turn } from '../clock.ts'

/** What can be seen of a connection from outside. */
export interface Settleable {
  /** What changes while it is not settled. */
  readonly activity: number
  /** Whether it does something that takes long, is over by itself, and is no waiting for the client. */
  readonly isBusy: boolean
  /** Where octets are known to be on their way: how many have arrived, at both ends together. */
  readonly inFlight: { readonly arrived: number } | undefined
}

/** Turns of the event loop without anything happening, after which nothing more is expected of a client in this process. */
const quietTurns = 10

/** How long octets may be on their way, or a request, while nothing moves (ms, real time). */
const patience = 250

/**
 * Requests of this process for which a client may wait between what it hears and what it says, and which are soon over: files, names,
 * connections. What is computed in the thread pool (crypto, zlib) Node does not tell of.
 */
const briefRequest = /^(?:FSReq|CloseReq|GetAddrInfo|GetNameInfo|TCPConnect)/

const countRequests = (): number => process.getActiveResourcesInfo().filter((name) => briefRequest.test(name)).length

/** Sees when the connections of a server are settled. What hangs is waited for once, and not again before it moves. */
export class Settling {
  readonly #connections: () => Iterable<Settleable>
  /** What hangs, and what had arrived when that was found out. */
  readonly #hanging = new WeakMap<Settleable, number>()
  #hangingRequests = 0

  constructor(connections: () => Iterable<Settleable>) {
    this.#connections = connections
  }

  /** @param eachTurn Runs what a client in this process needs to go on. */
  async settled(eachTurn: () => void): Promise<void> {
    let isHanging = false
    let calmDown = (): void => {}
    await this.#quiet(eachTurn)
    for (let awaited = this.#awaited(), before; awaited !== undefined; awaited = this.#awaited()) {
      if (awaited !== before) {
        calmDown()
        isHanging = false
        calmDown = afterReal(patience, () => (isHanging = true), 'background')
      } else if (isHanging) this.#giveUp()
      before = awaited
      await this.#quiet(eachTurn)
    }
    calmDown()
  }

  /** Waits until nothing has happened for some turns. */
  async #quiet(eachTurn: () => void): Promise<void> {
    for (let quiet = 0, before = this.#activity(); quiet < quietTurns; quiet += 1) {
      await turn()
      eachTurn()
      const now = this.#activity()
      if (now !== before) quiet = -1
      before = now
    }
  }

  /** What changes while anything happens in the connections. */
  #activity(): number {
    let sum = 0
    // What is no number is not even equal to itself: while a connection is busy, nothing is as before.
    for (const { activity, isBusy } of this.#connections()) sum += isBusy ? NaN : activity
    return sum
  }

  /** Where something is under way that is not known to hang: a number that changes when it moves. */
  #awaited(): number | undefined {
    const requests = countRequests()
    this.#hangingRequests = Math.min(this.#hangingRequests, requests)
    const moving: number[] = requests > this.#hangingRequests ? [requests] : []
    for (const connection of this.#connections()) {
      const arrived = connection.inFlight?.arrived
      if (arrived !== undefined && arrived !== this.#hanging.get(connection)) moving.push(arrived)
    }
    return moving.length === 0 ? undefined : moving.reduce((sum, arrived) => sum + arrived)
  }

  /** A client that stalls must not stop time. */
  #giveUp(): void {
    this.#hangingRequests = countRequests()
    for (const connection of this.#connections()) {
      const arrived = connection.inFlight?.arrived
      if (arrived !== undefined) this.#hanging.set(connection, arrived)
    }
  }
}
