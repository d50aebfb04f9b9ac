/** What was done to messages: exactly these, whatever the order; or, the other way round, none of these. */
import { messageOf } from '../text/message.ts'
import type { Known } from '../subject.ts'
import type { AssertionOutcome, Negation } from './outcome.ts'
import { type SetComparison, compareSets, compareUnwanted } from './set-comparison.ts'

/** What is asserted. */
interface SetAssertion<Expected, Received> extends Omit<SetComparison<Expected, Received>, 'expected'>, Negation {
  readonly about: Known
  /** Without any: there is to be something. */
  readonly expected: readonly Expected[] | undefined
  /** What happened to them: `to have delivered whole`. */
  readonly deed: string
  /** What helps to understand why there is less than expected. */
  readonly hints: () => readonly string[]
}

/**
 * Holds when exactly the expected ones are there. The other way round it holds already when one of them is: that `.not` passes because
 * something else was done, too, is what nobody means.
 */
export function setOutcome<Expected, Received>(assertion: SetAssertion<Expected, Received>): AssertionOutcome {
  const { about, expected = [], deed, isNot = false, hints } = assertion
  const isAny = isNot || assertion.expected === undefined
  const comparison = { ...assertion, expected }
  const rows = isAny ? compareUnwanted(comparison) : compareSets(comparison)
  const isMarked = rows.some(({ differs }) => differs === true)
  const wanted = isAny ? 'a message' : 'exactly these messages'
  const unwanted = expected.length === 0 ? 'any message' : `any of ${expected.map(String).join(', ')}`
  return {
    pass: isAny ? isMarked : !isMarked,
    message: () =>
      messageOf(about, {
        headline: `Expected ${about.name} ${isNot ? `not ${deed} ${unwanted}` : `${deed} ${wanted}`}`,
        rows,
        hints: isNot ? [] : hints(),
      }),
  }
}
