/** A file in YAML that was read, and knows where in its text each thing stands. JSON is read as the YAML that it is. */
import * as v from 'valibot'
import { type Document, LineCounter, isMap, isNode, isScalar, parseDocument, visit } from 'yaml'
import type { FileError, FileErrorInit, FilePosition, Problem } from './file-error.ts'

/** Where something stands: the keys and indices that lead there. */
export type Path = readonly unknown[]

/** What a {@link YamlFile} is made of. */
export interface YamlFileInit<Content> {
  /** Its path, for errors. */
  readonly file: string
  /** What stands in it. */
  readonly text: string
  /** What it may say. The message of each check is what is expected. */
  readonly schema: v.GenericSchema<unknown, Content>
  /** What the whole of it is called: `the scenario`. */
  readonly whole: string
  /** Tells a value that is refused, in words. Secrets are for it to keep. */
  readonly told: (issue: v.BaseIssue<unknown>) => string
  /** What errors are made with. */
  readonly FileError: new (init: FileErrorInit) => FileError
}

/** A file in YAML, with its text. */
export class YamlFile<Content> {
  /** What it says. */
  readonly content: Content
  readonly #init: YamlFileInit<Content>
  readonly #document: Document
  readonly #lines = new LineCounter()

  /** @throws {FileError} When the text is not what the schema asks for. */
  constructor(init: YamlFileInit<Content>) {
    this.#init = init
    this.#document = parseDocument(init.text, { lineCounter: this.#lines, prettyErrors: false })
    const [badYaml, ...moreBadYaml] = this.#badYaml()
    if (badYaml !== undefined) throw this.#refusal(badYaml, moreBadYaml)
    const parsed = v.safeParse(init.schema, this.#document.toJS())
    if (!parsed.success) {
      const [issue, ...more] = parsed.issues
      throw this.#refusal(
        this.#refused(issue),
        more.map((issue) => this.#refused(issue)),
      )
    }
    this.content = parsed.output
  }

  /** An error about the value at `path`, or about the nearest thing around it. */
  error(path: Path, problem: Problem): FileError {
    return this.#errorAt(this.#offsetOf(path), problem)
  }

  /** An error about the key at the end of `path`. */
  errorOfKey(path: Path, problem: Problem): FileError {
    return this.#errorAt(this.#offsetOfKey(path) ?? this.#offsetOf(path), problem)
  }

  /** The first of what is refused; the others go with it. */
  #refusal(first: FileErrorInit, others: readonly FileErrorInit[]): FileError {
    const { FileError } = this.#init
    return new FileError({ ...first, further: others.map((init) => new FileError(init)) })
  }

  #badYaml(): FileErrorInit[] {
    // A warning counts too: "password: !secret" is one, and the password then empty.
    const refused = [...this.#document.errors, ...this.#document.warnings].map(({ message, pos }) =>
      // What the parser quotes after a colon may be a password.
      this.#refusedAt(pos[0], { problem: message.replace(/[:;] .*/s, ''), expected: 'YAML 1.2 or JSON' }),
    )
    visit(this.#document, {
      Alias: (_key, { range }) => {
        const expected = 'a value, in quotes if it begins with "*"'
        refused.push(this.#refusedAt(range?.[0] ?? 0, { problem: 'this is an alias', expected }))
      },
    })
    return refused
  }

  #refused(issue: v.BaseIssue<unknown>): FileErrorInit {
    const path = (issue.path ?? []).map(({ key }) => key)
    const expected = issue.message
    if (issue.path?.at(-1)?.origin !== 'key') {
      const problem = `${this.#named(path)} is ${this.#init.told(issue)}`
      return this.#refusedAt(this.#offsetOf(path), { problem, expected })
    }
    const key = String(path.at(-1))
    const isMissing = issue.type === 'strict_object' && issue.expected !== 'never'
    const problem = isMissing ? `the key "${key}" is missing` : `unknown key "${key}"`
    return this.#refusedAt(this.#offsetOfKey(path) ?? this.#offsetOf(path), { problem, expected })
  }

  #errorAt(offset: number, problem: Problem): FileError {
    return new this.#init.FileError(this.#refusedAt(offset, problem))
  }

  #refusedAt(offset: number, problem: Problem): FileErrorInit {
    return { file: this.#init.file, position: this.#position(offset), ...problem }
  }

  #position(offset: number): FilePosition {
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

  #named(path: Path): string {
    if (path.length === 0) return this.#init.whole
    return path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '')
  }
}
