/** The calls of a case, and time, which passes for both sides until they have settled. */
import type { Time } from './time.ts'
import type { World } from './world.ts'

/** A call, and what has become of it. */
export interface Deed {
  /** The call, to be shown. */
  readonly name: string
  readonly controller: AbortController | undefined
  state: 'pending' | 'resolved' | 'rejected'
  /** What it rejected with. */
  error: unknown
}

/** The most alarms that are waited for until a call settles. */
const mostAlarms = 5000

export class Deeds {
  readonly all: Deed[] = []
  readonly problems: string[] = []
  readonly #world: World
  readonly #time: Time

  constructor(world: World, time: Time) {
    this.#world = world
    this.#time = time
  }

  /** Whether nothing is under way. */
  get isQuiet(): boolean {
    return this.all.every(({ state }) => state !== 'pending')
  }

  begin(name: string, call: () => Promise<unknown>, controller?: AbortController): Deed {
    const deed: Deed = { name, controller, state: 'pending', error: undefined }
    this.all.push(deed)
    call().then(
      () => {
        deed.state = 'resolved'
      },
      (error: unknown) => {
        deed.state = 'rejected'
        deed.error = error
      },
    )
    return deed
  }

  /** Lets time pass until a call has settled; no longer than there is anything that it may wait for. */
  async finish(deed: Deed): Promise<void> {
    await this.#world.pass(0)
    for (let alarms = 0; deed.state === 'pending'; alarms += 1) {
      const { untilNext } = this.#time
      if (untilNext === undefined || alarms === mostAlarms) {
        this.problems.push(`${deed.name} does not settle`)
        // It is not waited for again.
        deed.state = 'resolved'
        return
      }
      await this.pass(untilNext)
    }
  }

  async finishAll(): Promise<void> {
    for (const deed of this.all) await this.finish(deed)
    await this.#world.pass(0)
  }

  /** Lets time pass on both sides. */
  async pass(ms: number): Promise<void> {
    let left = ms
    do {
      await this.#world.pass(0)
      const span = Math.min(left, this.#time.untilNext ?? left)
      await this.#world.pass(span)
      this.#time.pass(span)
      left -= span
    } while (left > 0)
    await this.#world.pass(0)
  }
}
