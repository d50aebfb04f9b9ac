/** A scenario: a misbehaviour of a server, kept as a file, for a mock server to play. */
import type { Handler, Persona, PersonaName, TlsOptions } from '@pop3kit/server'
import { combineScenarios } from './combine-scenarios.ts'
import { handlersOf } from './handler-definition.ts'
import { type PersonaChanges, personaChangesOf } from './persona-changes.ts'
import { ScenarioText } from './scenario-text.ts'

/** What a scenario sets up a server with. */
export interface ScenarioOptions {
  /** Whom it answers like, where that matters. */
  readonly persona?: PersonaName | Persona
  /** How it does TLS, where that matters. */
  readonly tls?: TlsOptions
  /** The handlers that play its faults. */
  readonly handlers: readonly Handler[]
}

/** A scenario that was read. */
export interface Scenario {
  /** What it is called: the path that it was read from. */
  readonly file: string
  /** One sentence about what happens. */
  readonly title: string
  /** Which server did it, and where that is known from. */
  readonly source: string | undefined
  /** Whom the server answers like, where that matters. */
  readonly persona: PersonaName | undefined
  /** What the persona does otherwise, whoever it is. */
  readonly changes: PersonaChanges | undefined
  /** How the server does TLS, where that matters. */
  readonly tls: TlsOptions | undefined
  /** The handlers that play its faults: `server.use(...scenario.handlers)`. */
  readonly handlers: readonly Handler[]
  /** What sets up a server for it: `setupPop3Server({ ...scenario.options, maildrops })`. */
  readonly options: ScenarioOptions
}

/** How a text is read. */
export interface ParseOptions {
  /** What it is called in errors. @default {'scenario'} */
  readonly file?: string | undefined
}

/**
 * Reads a scenario: YAML, or JSON, which is YAML.
 *
 * @throws {ScenarioError} When it is none, with the line and the column of what is wrong, and what is allowed there.
 *
 * @example Keep a misbehaviour as text
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseScenario } from '@pop3kit/scenario'
 * import { setupPop3Server } from '@pop3kit/server'
 *
 * const scenario = parseScenario(`
 * title: The maildrop is busy twice, then free
 * handlers:
 *   - at: PASS
 *     times: 2
 *     play: { err: [maildrop is locked, { code: IN-USE }] }
 * `)
 * const server = setupPop3Server({ ...scenario.options, maildrops: { alice: { password: 'wonderland' } } })
 * assert.deepEqual(server.listHandlers()[0]?.faults, ["err('maildrop is locked', { code: 'IN-USE' })"])
 * await server.close()
 * ```
 */
export function parseScenario(text: string, { file = 'scenario' }: ParseOptions = {}): Scenario {
  const source = new ScenarioText(file, text)
  const { title, source: origin, persona, tls } = source.content
  const changes = personaChangesOf(source.content)
  const read = { file, title, source: origin, persona, changes, tls, handlers: handlersOf(source) }
  // What the schema leaves to the persona is which verbs there are.
  const options = source.placing(['commands'], () => combineScenarios([read]))
  return { ...read, options }
}
