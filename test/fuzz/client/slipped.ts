/** What becomes of text that is not said as it was to be. */
import type { Slip } from './case.ts'

/** Each slip finds what those before it have left. */
export function slipped(text: string, slips: readonly Slip[]): string {
  return slips.reduce((said, { at, length, text, times }) => {
    const from = at < 0 ? Math.max(0, said.length + at) : at
    return said.slice(0, from) + text.repeat(times) + said.slice(from + length)
  }, text)
}
