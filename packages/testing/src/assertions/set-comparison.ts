/** Things in whatever order, each as often as it is named. */
import type { Row } from '../text/side-by-side.ts'

/** How to compare. */
export interface SetComparison<Expected, Received> {
  /** What is to be there. */
  readonly expected: readonly Expected[]
  /** What is there. */
  readonly received: readonly Received[]
  readonly matches: (expected: Expected, received: Received) => boolean
  readonly show: (received: Received) => string
}

/** Each received one beside the expected one that it matches; what is missing and what is too much is marked. */
export function compareSets<Expected, Received>({
  expected,
  received,
  matches,
  show,
}: SetComparison<Expected, Received>): Row[] {
  const missing = [...expected]
  const rows = received.map((item): Row => {
    const index = missing.findIndex((wanted) => matches(wanted, item))
    if (index === -1) return { received: show(item), differs: true }
    return { expected: missing.splice(index, 1).map(String).join(''), received: show(item) }
  })
  return [...rows, ...missing.map((wanted): Row => ({ expected: String(wanted), differs: true }))]
}

/** The received ones, marked where they are among those that are not to be there. */
export function compareUnwanted<Expected, Received>({
  expected,
  received,
  matches,
  show,
}: SetComparison<Expected, Received>): Row[] {
  return received.map((item) => ({
    received: show(item),
    differs: expected.length === 0 || expected.some((unwanted) => matches(unwanted, item)),
  }))
}
