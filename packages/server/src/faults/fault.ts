/** A fault is a ready-made handler that says what it is, so that lists and transcripts can name it. */
import type { HandlerContext, HandlerFunction, Next } from '../handlers/handler.ts'
import type { DeliveryTransform, Step } from '../reply/delivery.ts'
import { type Reply, deliverThrough } from '../reply/reply.ts'

/** A handler that plays a misbehaviour of a real server. */
export interface Fault extends HandlerFunction {
  /** What it plays, as it was written: `cut({ octet: 1200 })`. */
  readonly fault: string
}

/** Makes a handler a fault by naming it with its arguments; `respond` is told the name, to put it in the delivery. */
function named(name: string, args: readonly unknown[], respond: (fault: string) => HandlerFunction): Fault {
  const fault = `${name}(${args
    .filter((arg) => arg !== undefined)
    .map(written)
    .join(', ')})`
  return Object.assign(respond(fault), { fault })
}

/** Makes a fault that gives another reply, or none for the next to answer. */
export function defineFault(
  name: string,
  args: readonly unknown[],
  respond: (context: HandlerContext, next: Next) => Reply | undefined | Promise<Reply | undefined>,
): Fault {
  return named(name, args, (fault) => async (context, next) => {
    const answer = await respond(context, next)
    return answer && deliverThrough(answer, behind({ type: 'fault', name: fault }))
  })
}

/** Makes a fault that changes how an honest reply reaches the wire. `transform` is told the name, to put it in the delivery. */
export function defineDeliveryFault(
  name: string,
  args: readonly unknown[],
  transform: (fault: string) => DeliveryTransform,
): Fault {
  return named(name, args, (fault) => {
    const change = transform(fault)
    return async (_context, next) => deliverThrough(await next(), change)
  })
}

/** Puts a step before the others. */
function behind(first: Step): DeliveryTransform {
  return async function* (steps) {
    yield first
    yield* steps
  }
}

function written(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{ ${members.map(([key, member]) => `${key}: ${written(member)}`).join(', ')} }`
}
