/** Reads a scenario: its text becomes options and handlers of a mock server. */
import { combineScenarios } from './combine-scenarios.ts'
import { handlersOf } from './handler-definition.ts'
import { personaChangesOf } from './persona-changes.ts'
import { ScenarioText } from './scenario-text.ts'
import type { Scenario } from './scenario.ts'

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
