/** Durations as people write them: milliseconds, or text with a unit. */
import { Pop3ArgumentError } from './errors.ts'

/** Milliseconds (`250`) or text with a unit: `'250ms'`, `'2s'`, `'10m'`, `'1h'`. */
export type Duration = number | string

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/**
 * A duration in milliseconds.
 *
 * @throws {@link Pop3ArgumentError} when it is negative, not finite, or text of another shape.
 *
 * @example Read a duration
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseDuration } from '@pop3kit/codec'
 *
 * assert.equal(parseDuration('2s'), 2000)
 * assert.equal(parseDuration(250), 250)
 * ```
 */
export function parseDuration(duration: Duration): number {
  const value = typeof duration === 'string' ? parseText(duration) : duration
  if (!Number.isFinite(value) || value < 0) {
    throw new Pop3ArgumentError(
      `Cannot use "${duration}" as a duration: expected milliseconds, or text such as "250ms", "2s", "10m" or "1h"`,
    )
  }
  return value
}

function parseText(duration: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)$/.exec(duration) ?? []
  return Number(amount) * (MILLISECONDS[unit] ?? Number.NaN)
}
