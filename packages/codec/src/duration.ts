/** Durations as people write them: milliseconds, or text with a unit. */
import { Pop3ArgumentError } from './errors.ts'

/** Milliseconds (`250`) or text with a unit: `'250ms'`, `'2s'`, `'10m'`, `'1h'`. */
export type Duration = number | string

const milliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/**
 * A duration in milliseconds.
 *
 * @throws {Pop3ArgumentError} When it is negative, not finite, or text of another shape.
 */
export function parseDuration(duration: Duration): number {
  const match = typeof duration === 'string' ? /^(\d+(?:\.\d+)?) ?(ms|s|m|h)$/.exec(duration) : undefined
  const value = match
    ? Number(match[1]) * milliseconds[match[2] as keyof typeof milliseconds]
    : typeof duration === 'number'
      ? duration
      : Number.NaN
  if (!Number.isFinite(value) || value < 0) {
    throw new Pop3ArgumentError(
      `Cannot use "${duration}" as a duration: expected milliseconds, or text such as "250ms", "2s", "10m" or "1h"`,
    )
  }
  return value
}
