/** Tables of Markdown, with cells of one width, as the formatter has them. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, 3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

/** The rows of all tables of a page, each with its cells by column. */
export function rowsOf(page: string): Record<string, string>[] {
  const tables = page.match(/^\|.*\n(?:\|.*(?:\n|$))+/gm) ?? []
  return tables.flatMap((table) => {
    const [head = [], , ...lines] = table.trimEnd().split('\n').map(cellsOf)
    return lines.map((cells) => Object.fromEntries(head.map((column, index) => [column, cells[index] ?? ''])))
  })
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}
