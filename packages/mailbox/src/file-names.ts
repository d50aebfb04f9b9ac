/** The order and the likeness of file names. */

const collator = new Intl.Collator('en', { numeric: true })

/** Compares two names as people count: "2.eml" comes before "10.eml". Never 0 for names that differ. */
export function compareNaturally(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : Number(one > other))
}

/** The name that `wanted` is most likely a slip of, if one is near enough. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const near = names
    .map((name) => ({ name, edits: countEdits(wanted, name) }))
    .filter(({ edits }) => edits <= Math.max(2, wanted.length / 4))
  return near.toSorted((one, other) => one.edits - other.edits)[0]?.name
}

/** How many characters must be added, removed or changed to make one text of the other (Levenshtein's distance). */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let line = 0; line < from.length; line += 1) {
    const next = [line + 1]
    for (let column = 0; column < to.length; column += 1) {
      const changed = (row[column] ?? 0) + (from[line] === to[column] ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
