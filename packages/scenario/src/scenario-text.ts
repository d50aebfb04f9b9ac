/** Reads the text of a scenario and knows where in it each thing stands. JSON is read as the YAML that it is. */
import { isPop3Error } from '@pop3kit/codec'
import * as v from 'valibot'
import { type Document, LineCounter, isMap, isNode, isScalar, parseDocument, visit } from 'yaml'
import { ScenarioError, type ScenarioPosition } from './scenario-error.ts'
import type { ScenarioDefinition } from './scenario-definition.ts'
import { scenarioSchema } from './scenario-schema.ts'

/** Where something stands: the keys and indices that lead there. */
export type Path = readonly unknown[]

interface ErrorDetails {
  readonly at?: 'key' | 'value'
  readonly cause?: unknown
}

/** The text of a scenario. */
export class ScenarioText {
  /** What it says. */
  readonly content: ScenarioDefinition
  /** What it is called. */
  readonly file: string
  readonly #document: Document
  readonly #lines = new LineCounter()

  /** @throws {ScenarioError} When the text is no scenario. */
  constructor(file: string, text: string) {
    this.file = file
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false })
    this.#refuseBadYaml()
    const parsed = v.safeParse(scenarioSchema, this.#document.toJS(), { abortEarly: true })
    if (!parsed.success) throw this.#issueError(parsed.issues[0])
    this.content = parsed.output
  }

  /** An error about what stands at `path`: the value, or the key at its end. */
  error(path: Path, problem: string, expected: string, details: ErrorDetails = {}): ScenarioError {
    const { at = 'value', cause } = details
    const offset = (at === 'key' ? this.#offsetOfKey(path) : undefined) ?? this.#offsetOf(path)
    return this.#errorAt(offset, problem, expected, cause)
  }

  /** Makes something of what stands at `path`; what is refused there becomes an error with a place. */
  placing<Value>(path: Path, make: () => Value, at: ErrorDetails['at'] = 'value'): Value {
    try {
      return make()
    } catch (cause) {
      if (!isPop3Error(cause)) throw cause
      const [problem = '', expected = 'something else'] = cause.message.split(/: expected (.*)/s)
      throw this.error(path, problem.charAt(0).toLowerCase() + problem.slice(1), expected, { at, cause })
    }
  }

  #refuseBadYaml(): void {
    const [wrong] = [...this.#document.errors, ...this.#document.warnings]
    if (wrong !== undefined) throw this.#errorAt(wrong.pos[0], wrong.message, 'YAML 1.2 or JSON')
    visit(this.#document, {
      Alias: (_key, { range }) => {
        throw this.#errorAt(range?.[0] ?? 0, 'this is an alias', 'a value, in quotes if it begins with "*"')
      },
    })
  }

  #issueError(issue: v.BaseIssue<unknown>): ScenarioError {
    const path = (issue.path ?? []).map(({ key }) => key)
    if (issue.path?.at(-1)?.origin !== 'key') {
      return this.error(path, `${named(path)} is ${shown(issue.input)}`, issue.message)
    }
    const key = String(path.at(-1))
    const isMissing = issue.type === 'strict_object' && issue.expected !== 'never'
    const problem = isMissing ? `the key "${key}" is missing` : `unknown key "${key}"`
    return this.error(path, problem, issue.message, { at: 'key' })
  }

  #errorAt(offset: number, problem: string, expected: string, cause?: unknown): ScenarioError {
    return new ScenarioError({ file: this.file, position: this.#position(offset), problem, expected, cause })
  }

  #position(offset: number): ScenarioPosition {
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

function named(path: Path): string {
  if (path.length === 0) return 'the scenario'
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}

const longestShown = 60

/** A value of JSON, the beginning of it when it is long. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'empty'
  const json = JSON.stringify(value)
  return json.length > longestShown ? `${json.slice(0, longestShown)}...` : json
}
