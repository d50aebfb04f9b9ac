/** How every message of a failed assertion is made: what was expected, the comparison, what is known besides, the sessions, the seed. */
import type { Known } from '../subject.ts'
import { excerptOf } from './excerpt.ts'
import { type Row, sideBySide } from './side-by-side.ts'

/** What a message is made of. */
export interface MessageParts {
  /** The sentence that says what was expected. */
  readonly headline: string
  /** Expected and received. */
  readonly rows?: readonly Row[] | undefined
  /** What helps to understand it, a line each. */
  readonly hints?: readonly string[] | undefined
}

/** The whole message. */
export function messageOf({ sessions, seed }: Known, { headline, rows = [], hints = [] }: MessageParts): string {
  return [
    headline,
    ...(rows.length === 0 ? [] : [sideBySide(rows)]),
    ...(hints.length === 0 ? [] : [hints.join('\n')]),
    excerptOf(sessions),
    ...(seed === undefined ? [] : [`Seed ${seed}`]),
  ].join('\n\n')
}
