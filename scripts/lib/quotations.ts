/**
 * Blocks of pages that quote a file, so that what is shown is what was tested. <!-- from: examples/worker/src/ingest.ts#ingest --> stands
 * before the lines between `// #region ingest` and `// #endregion` of that file; without a region, before the whole file.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodeBlock } from './code-blocks.ts'

/** Says what is wrong with a quotation, if anything is. */
export function misquotation(root: string, { file, line, from = '', code }: CodeBlock): string[] {
  const [path = '', region] = from.split('#')
  if (!existsSync(join(root, path))) return [`${file}:${line}: quotes "${path}", which does not exist`]
  const source = readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')
  const quoted = region === undefined ? source : regionOf(source, region)
  if (quoted === undefined) return [`${file}:${line}: quotes "${region}", which is no region of ${path}`]
  return quoted === code ? [] : [`${file}:${line}: is not what ${from} says, which is\n${quoted}`]
}

function regionOf(source: string, name: string): string | undefined {
  const lines = source.split('\n')
  const start = lines.findIndex((line) => line.trim() === `// #region ${name}`)
  const end = lines.findIndex((line, index) => index > start && line.trim() === '// #endregion')
  if (start < 0 || end < 0) return undefined
  const indent = /^ */.exec(lines[start] ?? '')?.[0] ?? ''
  const code = lines.slice(start + 1, end).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
  return `${code.join('\n')}\n`
}
