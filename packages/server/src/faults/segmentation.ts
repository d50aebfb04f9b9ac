/** Faults of segmentation, all lawful for TCP: the same octets in other pieces. */
import type { Step } from '../reply/delivery.ts'
import { type Locator, type Position, locator } from '../reply/position.ts'
import type { Situation } from '../handlers/handler.ts'
import { position, whole, word } from './arguments.ts'
import { type Behaviour, type FaultMaker, defineFault, delivering } from './fault.ts'
import { several } from './kind.ts'
import { type Borders, apartAt, aroundLineEnds, behindLines, every, insideLineEnds } from './pieces.ts'

/** Sends what lies between borders in pieces of its own. */
function splitting(borders: () => Borders): Behaviour {
  return delivering((effect) => apartAt(effect, borders(), () => ({ type: 'flush' })))
}

/**
 * Splits the reply at these places: each piece goes out when the client has read the one before it. A terminator in two segments hangs
 * node-pop3 (M1), a split status line misleads yapople.
 */
export const split: FaultMaker<readonly Position[]> = defineFault('split', [several(position)], (...positions) => {
  const starts = positions.map(locator)
  return splitting(() => {
    let places: readonly Locator[] = starts.map((start) => start())
    return (write) => {
      const found = places.map((locate) => [locate, locate(write)] as const)
      places = found.filter(([, border]) => border === -1).map(([locate]) => locate)
      return found
        .map(([, border]) => border)
        .filter((border) => border !== -1)
        .toSorted((one, other) => one - other)
    }
  })
})

/**
 * Sends pieces of so many octets; with 1, octet by octet. A chunk that is a dot by accident makes node-pop3 cut the mail without an
 * error (M2).
 */
export const chunks: FaultMaker<[octets: number]> = defineFault(
  'chunks',
  [whole('the octets of a chunk', 1)],
  (octets) => splitting(() => every(octets)),
)

/**
 * Sends something in pieces of its own: each CRLF (M2), the terminator (M1), or each line (M2, M8). `cr-from-lf`: the border is inside each
 * CRLF, where whoever looks for both in one piece finds neither.
 */
export const apart: FaultMaker<[what: 'crlf' | 'cr-from-lf' | 'terminator' | 'lines']> = defineFault(
  'apart',
  [word('what is sent apart', 'crlf', 'cr-from-lf', 'terminator', 'lines')],
  (what) => splitting(bordersOf[what]),
)

const bordersOf: Readonly<Record<Parameters<typeof apart>[0], () => Borders>> = {
  crlf: () => aroundLineEnds,
  'cr-from-lf': () => insideLineEnds,
  lines: () => behindLines,
  terminator() {
    const place = locator('terminator')()
    return (write) => (place(write) === 0 ? [0] : [])
  },
}

/**
 * Holds the replies at its place back until there are so many, and sends them in one piece, as lawful servers do to clients that pipeline (RFC 2449 section
 * 6.6): one that takes what it reads for one reply is lost. One that waits for each reply waits for ever.
 */
export const coalesce: FaultMaker<[replies: number]> = defineFault(
  'coalesce',
  [whole('the number of replies in one piece', 2)],
  (replies) => {
    const waiting = new WeakMap<Situation['session'], (readonly Step[])[]>()
    return delivering(
      (effect, { session }) =>
        async function* (steps) {
          const own: Step[] = []
          for await (const step of steps) own.push(step)
          const held = [...(waiting.get(session) ?? []), own]
          waiting.set(session, held)
          if (held.length < replies) return
          waiting.delete(session)
          yield effect
          yield* held.flat()
        },
    )
  },
)
