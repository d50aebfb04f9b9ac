/**
 * The fenced code blocks of a page (Markdown) or of the doc comments of a source file. The words behind the language are for the
 * checks: ```ts no-run because ... is shown and not run. A comment in the line before a block says who runs it, <!-- consumer: jest -->, or
 * what it quotes, <!-- from: examples/worker/src/ingest.ts#ingest -->.
 */

export interface CodeBlock {
  readonly file: string
  /** Of its first line of code, from 1. */
  readonly line: number
  readonly language: string
  /** What is given for not running it. `undefined`: it runs. */
  readonly noRun: string | undefined
  readonly consumer: string | undefined
  /** The file, and perhaps its region, that it quotes: it runs where that runs. */
  readonly from: string | undefined
  readonly code: string
}

/** @param file decides whether the text is a page or a source file */
export function codeBlocksOf(file: string, text: string): CodeBlock[] {
  const lines = text.split(/\r?\n/)
  return blocksIn(file, file.endsWith('.md') ? lines : lines.map(commentOnly))
}

/** Leaves of each line what a doc comment says in it, so that line numbers stay. */
function commentOnly(line: string): string {
  return /^\s*\* ?(.*)$/.exec(line)?.[1] ?? ''
}

function blocksIn(file: string, lines: readonly string[]): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let index = 0
  while (index < lines.length) {
    const [, indent, fence, language, info] = /^(\s*)(`{3,})(\w+) ?(.*)$/.exec(lines[index] ?? '') ?? []
    const start = ++index
    if (indent === undefined || fence === undefined || language === undefined) continue
    while (index < lines.length && lines[index]?.trim() !== fence) index++
    const code = lines.slice(start, index++).map((line) => line.replace(indent, ''))
    const before = lines.slice(0, start - 1).findLast((line) => line.trim() !== '')
    blocks.push({
      file,
      line: start + 1,
      language,
      noRun: /^no-run\b:?(.*)$/.exec(info ?? '')?.[1]?.trim(),
      consumer: /<!-- consumer: ([\w-]+) -->/.exec(before ?? '')?.[1],
      from: /<!-- from: (\S+) -->/.exec(before ?? '')?.[1],
      code: `${code.join('\n')}\n`,
    })
  }
  return blocks
}
