/** The handlers of a server, the newest first. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { seededRandom } from '../random.ts'
import type { Reply } from '../reply/reply.ts'
import type { Handler, HandlerUse, Situation } from './handler.ts'
import { UsedHandler } from './used-handler.ts'

/** The handlers of a server. */
export class HandlerList {
  readonly #initial: readonly UsedHandler[]
  readonly #seed: number
  #entries: readonly UsedHandler[] = []
  /** How many handlers there were: each draws from a stream of its own. */
  #count = 0
  /** The states of the scenarios, of those that have left the first. */
  readonly #states = new Map<string | undefined, string>()

  constructor(initial: readonly Handler[], seed: number) {
    this.#seed = seed
    this.#initial = this.#entriesOf(initial)
    this.#entries = this.#initial
  }

  /** Puts handlers before those there are; the first of them is asked first. */
  use(handlers: readonly Handler[]): void {
    this.#entries = [...this.#entriesOf(handlers), ...this.#entries]
  }

  /** Drops every handler but the initial ones, or puts others in their place. */
  reset(handlers: readonly Handler[]): void {
    this.#count = this.#initial.length
    this.#entries = handlers.length > 0 ? this.#entriesOf(handlers) : this.#initial
    this.restore()
  }

  /** Makes used-up handlers usable again. */
  restore(): void {
    this.#states.clear()
    for (const entry of this.#entries) entry.restore()
  }

  list(): HandlerUse[] {
    return this.#entries.map((entry) => entry.use)
  }

  /** Asks the handlers that match, each through `next` of the one before it, and at last the server itself. */
  dispatch(
    situation: Situation,
    serve: () => Reply | Promise<Reply>,
    onUse: (handler: Handler) => void,
  ): Promise<Reply> {
    const ask = async (entries: readonly UsedHandler[]): Promise<Reply> => {
      const index = entries.findIndex((entry) => entry.takes(situation, this.#states))
      const entry = entries[index]
      if (entry === undefined) return serve()
      const { scenario, then } = entry.handler.options
      if (then !== undefined) this.#states.set(scenario, then)
      onUse(entry.handler)
      return entry.answer(situation, () => ask(entries.slice(index + 1)))
    }
    return ask(this.#entries)
  }

  #entriesOf(handlers: readonly Handler[]): UsedHandler[] {
    return handlers.map((handler) => {
      if (!Array.isArray(handler?.responders)) {
        throw new Pop3ArgumentError(
          `Cannot use a value of type ${typeof handler} as a handler: expected one made by pop3.retr() and its like`,
        )
      }
      this.#count += 1
      const stream = `handler ${this.#count}`
      return new UsedHandler(handler, () => seededRandom(this.#seed, stream))
    })
  }
}
