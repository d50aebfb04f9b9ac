/** Reads a manifest and knows where in its text each thing stands. JSON is read as the YAML that it is. */
import { LineCounter, isMap, isNode, isScalar, parseDocument, visit } from 'yaml'
import type { Document } from 'yaml'
import * as v from 'valibot'
import { MailboxError } from './mailbox-error.ts'
import type { Position, Problem } from './mailbox-error.ts'
import { manifestSchema } from './manifest-schema.ts'
import type { Manifest } from './manifest-schema.ts'

type Path = readonly unknown[]

/** A manifest with its text. */
export class ManifestFile {
  /** What it says. */
  readonly content: Manifest
  readonly #file: string
  readonly #document: Document
  readonly #lines = new LineCounter()

  /** @throws {MailboxError} When the text is not a manifest. */
  constructor(file: string, text: string) {
    this.#file = file
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false })
    this.#refuseBadYaml()
    const parsed = v.safeParse(manifestSchema, this.#document.toJS(), { abortEarly: true })
    if (!parsed.success) throw this.#issueError(parsed.issues[0])
    this.content = parsed.output
  }

  /** An error about what stands at `path`, or about the nearest thing around it. */
  error(path: Path, problem: Problem): MailboxError {
    return this.#errorAt(this.#offsetOf(path), problem)
  }

  #refuseBadYaml(): void {
    // A warning counts too: "password: !secret" is one, and the password then empty.
    const [wrong] = [...this.#document.errors, ...this.#document.warnings]
    if (wrong !== undefined) {
      // What the parser quotes after a colon may be a password.
      const problem = wrong.message.replace(/[:;] .*/s, '')
      throw this.#errorAt(wrong.pos[0], { problem, expected: 'YAML 1.2 or JSON' })
    }
    visit(this.#document, {
      Alias: (_key, { range }) => {
        const expected = 'a value, in quotes if it begins with "*"'
        throw this.#errorAt(range?.[0] ?? 0, { problem: 'this is an alias', expected })
      },
    })
  }

  #issueError(issue: v.BaseIssue<unknown>): MailboxError {
    const path = (issue.path ?? []).map(({ key }) => key)
    const ofKey = issue.path?.at(-1)?.origin === 'key'
    const offset = (ofKey ? this.#offsetOfKey(path) : undefined) ?? this.#offsetOf(path)
    return this.#errorAt(offset, { problem: problemOf(issue, path, ofKey), expected: issue.message })
  }

  #errorAt(offset: number, problem: Problem): MailboxError {
    return new MailboxError({ file: this.#file, position: this.#position(offset), ...problem })
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }

  #offsetOf(path: Path): number {
    const node = this.#document.getIn(path, true)
    if (isNode(node) && node.range) return node.range[0]
    return path.length === 0 ? 0 : this.#offsetOf(path.slice(0, -1))
  }

  #offsetOfKey(path: Path): number | undefined {
    const around = this.#document.getIn(path.slice(0, -1), true)
    const pair = isMap(around) ? around.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
  }
}

function problemOf(issue: v.BaseIssue<unknown>, path: Path, ofKey: boolean): string {
  if (ofKey) {
    return issue.expected === 'never' ? `unknown key "${String(path.at(-1))}"` : `the key ${issue.expected} is missing`
  }
  // Only a unique-id is matched by a pattern; any other text may be a password.
  return `${named(path)} is ${issue.type === 'regex' ? JSON.stringify(issue.input) : kindOf(issue.input)}`
}

function named(path: Path): string {
  if (path.length === 0) return 'the manifest'
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}

const kinds: Record<string, string> = { string: 'text', number: 'a number', boolean: 'true or false' }

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return kinds[typeof value] ?? 'a mapping'
}
