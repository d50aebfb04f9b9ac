/** A fault is a ready-made handler that says what it is, so that lists, transcripts and scenario files can name it. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { HandlerContext, HandlerFunction, Next } from '../handlers/handler.ts'
import type { DeliveryTransform, Step, Steps } from '../reply/delivery.ts'
import { type Reply, deliverThrough, precededBy } from '../reply/reply.ts'
import type { FaultParameter, Kind } from './kind.ts'
import { written } from './written.ts'

/** A fault as JSON can hold it. */
export interface FaultForm {
  /** Its name in the catalogue: `cut`. */
  readonly name: string
  /** What it was called with: `[{ octet: 1200 }]`. */
  readonly args: readonly unknown[]
}

/** A handler that plays a misbehaviour of a real server. */
export interface Fault extends HandlerFunction {
  /** What it plays, as it was written: `cut({ octet: 1200 })`. */
  readonly fault: string
  /** The same as JSON can hold it; {@link faultNamed} makes a fault of it again. */
  readonly form: FaultForm
}

/** Makes faults of one name. */
export interface FaultMaker<Args extends readonly unknown[]> {
  /**
   * Makes a fault.
   *
   * @throws {Pop3ArgumentError} When an argument cannot be: it says what can.
   */
  (...args: Args): Fault
  /** What it takes, in order: what arguments are held to, as JSON Schema says it. */
  readonly takes: readonly FaultParameter[]
}

/** The step that tells that a fault took effect. */
type Effect = Extract<Step, { type: 'fault' }>

/** What a fault does: a handler, given the step that tells of its effect. */
export type Behaviour = (effect: Effect) => HandlerFunction

/** A kind for each argument. */
type KindsOf<Args extends readonly unknown[]> = { readonly [Index in keyof Args]-?: Kind<Args[Index]> }

/** Says how a fault is called, what it takes, and what it does then. */
export function defineFault<Args extends readonly unknown[]>(
  name: string,
  takes: KindsOf<NoInfer<Args>>,
  behave: (...args: Required<NoInfer<Args>>) => Behaviour,
): FaultMaker<Args> {
  const make = (...given: Args): Fault => {
    // JSON has nothing for what was left out between two that were not.
    const args = given
      .slice(0, given.findLastIndex((arg) => arg !== undefined) + 1)
      .map((arg, index) => (arg === undefined ? takes[index]?.fallback : arg))
    readArguments(name, takes, args)
    const fault = `${name}(${args.map(written).join(', ')})`
    const all = [...args, ...takes.slice(args.length).map(({ fallback }) => fallback)]
    const behaviour: Behaviour = Reflect.apply(behave, undefined, all)
    return Object.assign(behaviour({ type: 'fault', name: fault }), { fault, form: { name, args } })
  }
  Object.defineProperty(make, 'name', { value: name }) // for titles of tests
  return Object.assign(make, { takes })
}

function readArguments(name: string, takes: readonly Kind[], args: readonly unknown[]): void {
  const last = takes.at(-1)
  for (const [index, kind] of takes.entries()) {
    if (args[index] !== undefined || kind.isOptional !== true) kind.read(args[index])
  }
  for (const arg of args.slice(takes.length)) {
    if (last?.isRest !== true) {
      throw new Pop3ArgumentError(
        `Cannot call ${name} with ${args.length} arguments: expected ${takes.length === 0 ? 'none' : `${takes.length} at most`}`,
      )
    }
    last.read(arg)
  }
}

/** Gives another reply, or none, without an effect, for the next to answer. */
export function answering(
  respond: (context: HandlerContext, next: Next) => Reply | undefined | Promise<Reply | undefined>,
): Behaviour {
  return (effect) => async (context, next) => {
    const answer = await respond(context, next)
    return answer && precededBy(answer, effect)
  }
}

/** Changes a delivery, anew for each reply, and puts `effect` where that begins. */
type Change = (effect: Effect, context: HandlerContext, honest: Reply) => DeliveryTransform

/** Changes how the honest reply reaches the wire. */
export function delivering(change: Change): Behaviour {
  return (effect) => async (context, next) => {
    const honest = await next()
    return deliverThrough(honest, change(effect, context, honest))
  }
}

/**
 * Changes the octets of the honest reply. Whatever changes their way to the wire works on its outcome, in whichever order the faults
 * stand.
 */
export function changingOctets(change: Change): Behaviour {
  return (effect) => async (context, next) => {
    const honest = await next()
    return { ...honest, delivery: [change(effect, context, honest), ...honest.delivery] }
  }
}

/** Tells of an effect that comes again and again: the first time only. */
export function toldOnce(effect: Step): () => Iterable<Step> {
  let isTold = false
  return () => {
    const steps = isTold ? [] : [effect]
    isTold = true
    return steps
  }
}

/** Leaves out the octets of what would follow, and keeps the rest: a persona that closes still does. */
export async function* withoutWrites(steps: Steps): AsyncGenerator<Step> {
  for await (const step of steps) {
    if (step.type !== 'write') yield step
  }
}
