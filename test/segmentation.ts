/** For tests: deliveries in pieces, and replies as the octets that they are on the wire. */
import type { DeliveryTransform, HandlerFunction, Step, Steps } from '@pop3kit/server'
import { deliverThrough } from '@pop3kit/server'

/** Lets a reply leave in pieces of these sizes (octets), the rest in one. */
export function inPieces(sizes: Iterable<number>): HandlerFunction {
  return async (_context, next) => deliverThrough(await next(), (steps) => piecewise(steps, sizes[Symbol.iterator]()))
}

async function* piecewise(steps: Steps, sizes: Iterator<number>): ReturnType<DeliveryTransform> {
  let room = nextSize(sizes)
  for await (const step of steps) {
    if (step.type !== 'write') {
      yield step
      continue
    }
    let { octets } = step
    while (octets.length >= room) {
      yield { ...step, octets: octets.subarray(0, room) } satisfies Step
      yield { type: 'flush' }
      octets = octets.subarray(room)
      room = nextSize(sizes)
    }
    if (octets.length > 0) yield { ...step, octets }
    room -= octets.length
  }
}

const nextSize = (sizes: Iterator<number>): number => {
  const { done, value } = sizes.next()
  return done === true ? Infinity : value
}

/** Sees the octets of a reply pass, as they are on the wire. */
export function watch(see: (octets: Uint8Array) => void): HandlerFunction {
  return async (_context, next) =>
    deliverThrough(await next(), async function* (steps) {
      for await (const step of steps) {
        if (step.type === 'write') see(step.octets)
        yield step
      }
    })
}

/** Numbers from 0 up to 1, the same in every run (a linear congruential generator). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 0x1_0000_0000
  }
}
