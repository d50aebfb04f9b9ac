/** Takes a reply apart: borders between its octets, and a step that stands at each of them. */
import type { DeliveryTransform, Step } from '../reply/delivery.ts'
import type { Write } from '../reply/position.ts'
import { toldOnce } from './fault.ts'

const [LF, CR] = [0x0a, 0x0d]

/** Finds borders: given one write after the other, how many octets of it lie before each of those inside it, in rising order. */
export type Borders = (write: Write) => Iterable<number>

/** Puts a step at each border that has octets on both sides, and tells of the effect at the first. */
export function apartAt(effect: Step, borders: Borders, separate: () => Step): DeliveryTransform {
  return async function* (steps) {
    let isBegun = false
    let isDue = false
    const tell = toldOnce(effect)
    function* piece(write: Write, from: number, to: number): Generator<Step> {
      if (from === to) return
      if (isDue) {
        yield* tell()
        yield separate()
      }
      yield { ...write, octets: write.octets.subarray(from, to) }
      isBegun = true
      isDue = false
    }
    for await (const step of steps) {
      if (step.type !== 'write') {
        yield step
        continue
      }
      let from = 0
      for (const border of borders(step)) {
        yield* piece(step, from, border)
        isDue = isBegun
        from = border
      }
      yield* piece(step, from, step.octets.length)
    }
  }
}

/** Borders behind every so many octets. */
export function every(octets: number): Borders {
  let left = octets
  return function* (write) {
    let border = 0
    while (border + left <= write.octets.length) {
      border += left
      left = octets
      yield border
    }
    left -= write.octets.length - border
  }
}

/** Borders behind every line. */
export function* behindLines({ octets }: Write): Generator<number> {
  for (let end = octets.indexOf(LF); end !== -1; end = octets.indexOf(LF, end + 1)) yield end + 1
}

/** Borders before and behind every CRLF. */
export function* aroundLineEnds(write: Write): Generator<number> {
  for (const end of behindLines(write)) {
    if (end > 1 && write.octets[end - 2] === CR) yield end - 2
    yield end
  }
  // The LF may come in the next write.
  if (write.octets.at(-1) === CR) yield write.octets.length - 1
}

/** Borders between the two octets of every CRLF. */
export function* insideLineEnds(write: Write): Generator<number> {
  for (const end of behindLines(write)) {
    // The CR may have come in the write before.
    if (end === 1 || write.octets[end - 2] === CR) yield end - 1
  }
}
