/** Places inside a reply, as octets on the wire: where a fault takes effect. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { Step, Steps } from './delivery.ts'

/**
 * A place inside a reply: before its first octet, behind its status line, before its terminator, behind so many octets, or
 * behind so many lines (the status line counts as one).
 */
export type Position = 'start' | 'status' | 'terminator' | { readonly octet: number } | { readonly line: number }

const LF = 0x0a

type Write = Extract<Step, { type: 'write' }>

/** Finds the place: given one write after the other, how many octets of it lie before the place, or -1 when it comes later. */
type Locator = (write: Write) => number

function countdown(
  name: string,
  count: number,
  find: (octets: Uint8Array, left: number) => [at: number, counted: number],
): () => Locator {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new Pop3ArgumentError(`Cannot place a fault at { ${name}: ${count} }: expected a whole number, 0 or more`)
  }
  return () => {
    let left = count
    return ({ octets }) => {
      const [at, counted] = find(octets, left)
      left -= counted
      return at
    }
  }
}

function locator(position: Position): () => Locator {
  if (position === 'start') return () => () => 0
  if (position === 'status')
    return () =>
      ({ part, octets }) =>
        part === 'status' ? octets.length : 0
  if (position === 'terminator')
    return () =>
      ({ part }) =>
        part === 'terminator' ? 0 : -1
  if (typeof position === 'object' && 'octet' in position) {
    return countdown('octet', position.octet, (octets, left) => [left <= octets.length ? left : -1, octets.length])
  }
  if (typeof position === 'object' && 'line' in position) {
    return countdown('line', position.line, (octets, left) => {
      if (left === 0) return [0, 0]
      let end = -1
      for (let counted = 0; counted < left; counted += 1) {
        end = octets.indexOf(LF, end + 1)
        if (end === -1) return [-1, counted]
      }
      return [end + 1, left]
    })
  }
  throw new Pop3ArgumentError(
    `Cannot place a fault at "${String(position)}": expected 'start', 'status', 'terminator', { octet } or { line }`,
  )
}

/**
 * Splits a delivery in two at a place. `then` gets what follows it and says what really follows; it is not asked when the
 * reply ends before the place.
 *
 * @throws {Pop3ArgumentError} When the place cannot exist.
 */
export function at(
  position: Position,
  then: (rest: AsyncIterable<Step>) => AsyncIterable<Step>,
): (steps: Steps) => AsyncIterable<Step> {
  const start = locator(position)
  return async function* (steps) {
    const locate = start()
    const source = iterate(steps)
    try {
      for (let next = await source.next(); next.done !== true; next = await source.next()) {
        const step = next.value
        const before = step.type === 'write' ? locate(step) : -1
        if (step.type === 'write' && before !== -1) {
          if (before > 0) yield { ...step, octets: step.octets.subarray(0, before) }
          yield* then(rest({ ...step, octets: step.octets.subarray(before) }, source))
          return
        }
        yield step
      }
    } finally {
      await source.return(undefined)
    }
  }
}

async function* iterate(steps: Steps): AsyncGenerator<Step> {
  yield* steps
}

async function* rest(first: Write, source: AsyncIterable<Step>): AsyncGenerator<Step> {
  if (first.octets.length > 0) yield first
  yield* source
}
