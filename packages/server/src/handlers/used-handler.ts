/** A handler in use: when it is its turn, what it answers, and how often its faults took effect. */
import type { Random } from '../random.ts'
import type { DeliveryTransform } from '../reply/delivery.ts'
import { type Reply, deliverThrough } from '../reply/reply.ts'
import type { Handler, HandlerContext, HandlerFunction, HandlerUse, Next, Replies, Situation } from './handler.ts'

/** One function of a handler, with the generator that it turned out to be. */
class Responder {
  readonly #respond: HandlerFunction
  #replies: Replies | undefined

  constructor(respond: HandlerFunction) {
    this.#respond = respond
  }

  async answer(context: HandlerContext, next: Next): Promise<Reply | undefined> {
    if (this.#replies === undefined) {
      const result = this.#respond(context, next)
      if (result === undefined || !('next' in result)) return result
      this.#replies = result
    }
    const step = await this.#replies.next()
    return step.done === true ? undefined : step.value
  }
}

/** The state in which a scenario begins. */
const start = 'start'

/** A handler in use. */
export class UsedHandler {
  readonly handler: Handler
  /** The faults that it plays, as they were written. */
  readonly #faults: readonly string[]
  #uses = 0
  #fired = 0
  /** How often each of them took effect. */
  #effects: readonly number[] = []
  #reached = 0
  #responders: readonly Responder[] = []
  readonly #newRandom: () => Random
  #random: Random

  constructor(handler: Handler, newRandom: () => Random) {
    this.handler = handler
    this.#newRandom = newRandom
    this.#random = newRandom()
    this.#faults = handler.responders.flatMap(({ fault }) => fault ?? [])
    this.restore()
  }

  /** What is told of it. */
  get use(): HandlerUse {
    const { place, options, responders } = this.handler
    return {
      place,
      faults: this.#faults,
      forms: responders.map(({ form }) => form),
      options,
      uses: this.#uses,
      fired: this.#fired,
      effects: this.#effects,
    }
  }

  /** Whether this is its place and its turn. */
  takes(situation: Situation, states: ReadonlyMap<string | undefined, string>): boolean {
    if (!isPlace(this.handler, situation)) return false
    const { scenario, when, once, nth } = this.handler.options
    if (when !== undefined && when !== (states.get(scenario) ?? start)) return false
    this.#reached += 1
    const { times = once === true || nth !== undefined ? 1 : Infinity } = this.handler.options
    return this.#reached >= (nth ?? 1) && this.#uses < times
  }

  /** Asks its functions, the first around the second and so on. */
  async answer(situation: Situation, next: Next): Promise<Reply> {
    this.#uses += 1
    const context: HandlerContext = { ...situation, occurrence: this.#reached, random: this.#random }
    const answer = await this.#responders.reduceRight<Next>((inner, responder) => {
      const rest = once(inner)
      return async () => (await responder.answer(context, rest)) ?? rest()
    }, next)()
    return this.#faults.length === 0 ? answer : deliverThrough(answer, this.#countFaults())
  }

  /** Counts each of its faults once for an answer in which it takes effect, and the answer once. */
  #countFaults(): DeliveryTransform {
    const fired = new Set<string>()
    const count = (name: string): void => {
      if (!this.#faults.includes(name) || fired.has(name)) return
      if (fired.size === 0) this.#fired += 1
      fired.add(name)
      this.#effects = this.#effects.map((effects, index) => (this.#faults[index] === name ? effects + 1 : effects))
    }
    return async function* (steps) {
      for await (const step of steps) {
        if (step.type === 'fault') count(step.name)
        yield step
      }
    }
  }

  /** Forgets what was. */
  restore(): void {
    this.#uses = 0
    this.#fired = 0
    this.#effects = this.#faults.map(() => 0)
    this.#reached = 0
    this.#random = this.#newRandom()
    this.#responders = this.handler.responders.map((respond) => new Responder(respond))
  }
}

function once(next: Next): Next {
  let reply: Promise<Reply> | undefined
  return () => (reply ??= next())
}

function isPlace({ point, argument, options }: Handler, { point: here, command, session }: Situation): boolean {
  if (point !== here && !(point === '*' && command !== undefined)) return false
  if (options.session !== undefined && options.session !== session.id) return false
  if (options.user !== undefined && options.user !== session.user) return false
  const given = command?.argument ?? ''
  if (typeof argument === 'number') return Number.parseInt(given, 10) === argument
  if (typeof argument === 'string') return given === argument
  return argument === undefined || new RegExp(argument).test(given)
}
