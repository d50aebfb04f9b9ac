/** A fault is a ready-made handler that says what it is, so that lists, transcripts and scenario files can name it. */
import type { HandlerContext, HandlerFunction, Next } from '../handlers/handler.ts'
import type { DeliveryTransform, Step, Steps } from '../reply/delivery.ts'
import { type Reply, deliverThrough, precededBy } from '../reply/reply.ts'
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

/** The step that tells that a fault took effect. */
type Effect = Extract<Step, { type: 'fault' }>

/** Makes a handler a fault by naming it with its arguments; `respond` is given the step that tells of its effect. */
export function named(name: string, given: readonly unknown[], respond: (effect: Effect) => HandlerFunction): Fault {
  const args = given.slice(0, given.findLastIndex((arg) => arg !== undefined) + 1)
  const fault = `${name}(${args.map(written).join(', ')})`
  return Object.assign(respond({ type: 'fault', name: fault }), { fault, form: { name, args } })
}

/** Makes a fault that gives another reply, or none, without an effect, for the next to answer. */
export function defineFault(
  name: string,
  args: readonly unknown[],
  respond: (context: HandlerContext, next: Next) => Reply | undefined | Promise<Reply | undefined>,
): Fault {
  return named(name, args, (effect) => async (context, next) => {
    const answer = await respond(context, next)
    return answer && precededBy(answer, effect)
  })
}

/** Changes a delivery, anew for each reply, and puts `effect` where that begins. */
type Change = (effect: Effect, context: HandlerContext, honest: Reply) => DeliveryTransform

/** Makes a fault that changes how the honest reply reaches the wire. */
export function defineDeliveryFault(name: string, args: readonly unknown[], change: Change): Fault {
  return named(name, args, (effect) => async (context, next) => {
    const honest = await next()
    return deliverThrough(honest, change(effect, context, honest))
  })
}

/**
 * Makes a fault that changes the octets of the honest reply. Whatever changes their way to the wire works on its outcome, in whichever
 * order the faults stand.
 */
export function defineOctetFault(name: string, args: readonly unknown[], change: Change): Fault {
  return named(name, args, (effect) => async (context, next) => {
    const honest = await next()
    return { ...honest, delivery: [change(effect, context, honest), ...honest.delivery] }
  })
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
