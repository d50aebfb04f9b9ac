/** Expected and received next to each other, the difference marked. */

/** A line of the comparison. */
export interface Row {
  /** What was expected; `undefined` where nothing is. */
  readonly expected?: string | undefined
  /** What was received; `undefined` where nothing is. */
  readonly received?: string | undefined
  /** Whether to mark it. */
  readonly differs?: boolean | undefined
}

/** Rows that are shown around the first difference. */
const context = { before: 12, after: 20 }

/** A column is no wider: what is longer pushes its neighbour. */
const widest = 60

/** The rows as aligned text, of what was received alone where nothing is expected, `>` before those that differ; of a long list what is around the first difference. */
export function sideBySide(rows: readonly Row[]): string {
  const first = Math.max(
    0,
    rows.findIndex(({ differs }) => differs === true),
  )
  const start = Math.max(0, first - context.before)
  const end = Math.min(rows.length, first + context.after)
  const shown: readonly Row[] = [{ expected: 'expected', received: 'received' }, ...rows.slice(start, end)]
  const width = Math.min(widest, Math.max(...shown.map(({ expected = '' }) => expected.length)))
  const isCompared = rows.some(({ expected }) => expected !== undefined)
  const [header = '', ...lines] = shown.map(({ expected = '', received = '', differs }) =>
    `  ${differs === true ? '>' : ' '} ${isCompared ? `${expected.padEnd(width)}   ` : ''}${received}`.trimEnd(),
  )
  return [header, ...more(start, 'before'), ...lines, ...more(rows.length - end, 'behind')].join('\n')
}

const more = (count: number, where: string): string[] => (count === 0 ? [] : [`    ... ${count} more ${where}`])
