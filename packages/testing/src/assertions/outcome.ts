/** What an assertion finds: the one shape behind the matchers of Vitest and Jest and the functions for node:test. */

/** Whether it holds, and what to say when it should and does not, or should not and does. */
export interface AssertionOutcome {
  /** Whether it holds. */
  readonly pass: boolean
  /** What to say to whom it fails: the other way round where it holds, for `.not`. */
  readonly message: () => string
}

/** Options that a runner gives to every assertion. */
export interface Negation {
  /** Whether it is to be the other way round. */
  readonly isNot?: boolean | undefined
}
