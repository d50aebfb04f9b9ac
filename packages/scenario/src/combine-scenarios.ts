/** Several scenarios at once, for one server. */
import { type Handler, type Persona, type PersonaName, definePersona } from '@pop3kit/server'
import { ScenarioError } from './scenario-error.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

/** What is needed of a scenario to combine it with others. */
export type CombinableScenario = Pick<Scenario, 'file' | 'persona' | 'changes' | 'tls' | 'handlers'>

/**
 * Puts scenarios together: the handlers of the first are asked first, each changes the persona that the one before it left, and each is in a
 * state of its own.
 *
 * @param base Whom the server answers like where no scenario says it.
 * @throws {ScenarioError} When two of them want different personas, or different TLS.
 *
 * @example Play two misbehaviours at once
 * ```ts
 * import assert from 'node:assert/strict'
 * import { combineScenarios, parseScenario } from '@pop3kit/scenario'
 * import { setupPop3Server } from '@pop3kit/server'
 *
 * const slow = parseScenario('{ title: A slow greeting, handlers: [{ at: greeting, play: { slow: 2s } }] }')
 * const hasty = parseScenario('{ title: A hasty server, policies: { idle: { AUTHORIZATION: 5s } } }')
 * const server = setupPop3Server({ ...combineScenarios([slow, hasty]), clock: 'virtual' })
 *
 * const peer = server.connect()
 * await server.clock.advance('7s')
 * assert.equal((await peer.toArray()).join(''), '+OK POP3 server ready\r\n')
 * await server.close()
 * ```
 */
export function combineScenarios(scenarios: readonly CombinableScenario[], base?: PersonaName): ScenarioOptions {
  const name = agreed(scenarios, 'persona') ?? base
  const tls = agreed(scenarios, 'tls')
  const persona = scenarios.reduce<PersonaName | Persona | undefined>(
    (before, { changes }) =>
      changes === undefined
        ? before
        : definePersona({ name: name ?? 'strict', extends: before ?? 'strict', ...changes }),
    name,
  )
  return {
    ...(persona !== undefined && { persona }),
    ...(tls !== undefined && { tls }),
    handlers: scenarios.length === 1 ? scenarios.flatMap(({ handlers }) => handlers) : scenarios.flatMap(withOwnStates),
  }
}

/** Its handlers, with states that are its own, though another one may be called the same. */
function withOwnStates(
  { file, handlers }: CombinableScenario,
  index: number,
  all: readonly CombinableScenario[],
): Handler[] {
  const namesakes = all.slice(0, index).filter((other) => other.file === file).length
  const scenario = namesakes === 0 ? file : `${file} ${namesakes + 1}`
  return handlers.map((handler) => {
    const { when, then } = handler.options
    if (when === undefined && then === undefined) return handler
    return { ...handler, options: { scenario, ...handler.options } }
  })
}

/** What all scenarios want that want something. */
function agreed<Key extends 'persona' | 'tls'>(
  scenarios: readonly CombinableScenario[],
  key: Key,
): CombinableScenario[Key] | undefined {
  const wanting = scenarios.filter((scenario) => scenario[key] !== undefined)
  const [first] = wanting
  for (const other of wanting) {
    const [wanted, theirs] = [JSON.stringify(first?.[key]), JSON.stringify(other[key])]
    if (wanted !== theirs) {
      throw new ScenarioError({
        file: other.file,
        problem: `it wants ${key} ${theirs}`,
        expected: `${wanted}, as "${first?.file}" wants it`,
      })
    }
  }
  return first?.[key]
}
