/** The place where two texts part. */

/** Characters that are shown of a line, around the place. */
const shown = { before: 30, behind: 30 }

/** The first line in which two texts differ, in the words of a hint; `undefined` when they do not. */
export function partingOf(expected: string, received: string): string | undefined {
  if (expected === received) return undefined
  const [one, other] = [expected.split('\r\n'), received.split('\r\n')]
  const line = one.findIndex((text, index) => text !== other[index])
  const index = line === -1 ? one.length : line
  const [wanted, got] = [one[index], other[index]]
  const place = Math.max(0, firstDifference(wanted ?? '', got ?? '') - shown.before)
  return `line ${index + 1}: expected ${excerpt(wanted, place)}, received ${excerpt(got, place)}`
}

function firstDifference(one: string, other: string): number {
  let place = 0
  while (place < one.length && one[place] === other[place]) place += 1
  return place
}

function excerpt(line: string | undefined, from: number): string {
  if (line === undefined) return 'no more lines'
  const to = from + shown.before + shown.behind
  return `${from > 0 ? '...' : ''}${JSON.stringify(line.slice(from, to))}${line.length > to ? '...' : ''}`
}
