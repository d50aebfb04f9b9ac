/** For tests: what an assertion says. */
import type { AssertionOutcome } from '../assertions/outcome.ts'

/** What an outcome says, without the sessions. */
export const saidBy = ({ message }: AssertionOutcome): string =>
  message().split(/\n\n(?:Session \d[^\n]*:\n|No session)/)[0] ?? ''
