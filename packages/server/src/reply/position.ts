/** Places inside a reply, as octets on the wire: where a fault takes effect. */
import type { DeliveryTransform, Step, Steps } from './delivery.ts'

/**
 * A place inside a reply: before its first octet, behind its status line, before its terminator, behind its last octet, behind so
 * many octets, behind so many lines (the status line counts as one), or behind so many octets of its terminator. A reply without octets has
 * a start and an end, too.
 */
export type Position =
  | 'start'
  | 'status'
  | 'terminator'
  | 'end'
  | { readonly octet: number }
  | { readonly line: number }
  | { readonly terminator: number }

/** A step that puts octets on the wire. */
export type Write = Extract<Step, { type: 'write' }>

/** Finds a place: given one write after the other, how many octets of it lie before the place, or -1 when it comes later. */
export type Locator = (write: Write) => number

const LF = 0x0a

function countdown(count: number, find: (write: Write, left: number) => [at: number, counted: number]): () => Locator {
  return () => {
    let left = count
    return (write) => {
      const [at, counted] = find(write, left)
      left -= counted
      return at
    }
  }
}

function behindOctets({ octets }: Write, left: number): [at: number, counted: number] {
  return [left <= octets.length ? left : -1, octets.length]
}

function behindLines({ octets }: Write, left: number): [at: number, counted: number] {
  if (left === 0) return [0, 0]
  let end = -1
  for (let counted = 0; counted < left; counted += 1) {
    end = octets.indexOf(LF, end + 1)
    if (end === -1) return [-1, counted]
  }
  return [end + 1, left]
}

function insideTerminator({ part, octets }: Write, left: number): [at: number, counted: number] {
  if (part !== 'terminator') return [-1, 0]
  return [left <= octets.length ? left : -1, octets.length]
}

const named: Readonly<Record<Extract<Position, string>, Locator>> = {
  start: () => 0,
  status: ({ part }) => (part === 'status' ? -1 : 0),
  terminator: ({ part }) => (part === 'terminator' ? 0 : -1),
  end: () => -1,
}

/** What finds a place, anew in each reply. */
export function locator(position: Position): () => Locator {
  if (typeof position === 'string') return () => named[position]
  if ('octet' in position) return countdown(position.octet, behindOctets)
  if ('line' in position) return countdown(position.line, behindLines)
  return countdown(position.terminator, insideTerminator)
}

/** Gets what follows a place, and says what really follows. */
export type Continuation = (rest: AsyncIterable<Step>) => AsyncIterable<Step>

/** Splits deliveries in two at a place. The continuation is not asked when the reply ends before the place. */
export function at(position: Position): (then: Continuation) => DeliveryTransform {
  const start = locator(position)
  const isAtStart = start()(nothing) === 0
  const isAtEnd = position === 'end' || position === 'status'
  return (then) =>
    async function* (steps) {
      const locate = start()
      const source = iterate(steps)
      // Whether what is no octets lies before the place or behind it shows at the next octets.
      let between: Step[] = []
      try {
        if (isAtStart) {
          yield* then(source)
          return
        }
        for (let next = await source.next(); next.done !== true; next = await source.next()) {
          const step = next.value
          if (step.type !== 'write') {
            between.push(step)
            continue
          }
          yield* between
          between = []
          const before = locate(step)
          if (before !== -1) {
            if (before > 0) yield { ...step, octets: step.octets.subarray(0, before) }
            yield* then(rest({ ...step, octets: step.octets.subarray(before) }, source))
            return
          }
          yield step
        }
        yield* isAtEnd ? then(iterate(between)) : between
      } finally {
        await source.return(undefined)
      }
    }
}

/** A write by which it shows that a place is the very start. */
const nothing: Write = { type: 'write', part: 'status', octets: new Uint8Array() }

async function* iterate(steps: Steps): AsyncGenerator<Step> {
  yield* steps
}

async function* rest(first: Write, source: AsyncIterable<Step>): AsyncGenerator<Step> {
  if (first.octets.length > 0) yield first
  yield* source
}
