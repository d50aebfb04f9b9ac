/** Personas of one's own: what differs from another one, section by section. */
import { personaNamed, type PersonaName } from './index.ts'
import type { CapabilityFacts, Persona, PersonaGrammar, PersonaPolicies, PersonaSasl, PersonaTexts } from './persona.ts'
import { personaRules } from './persona-rules.ts'
import { check } from './rules.ts'

/** Members of a section; those that hold members of their own may give some of these. */
export type SectionChanges<Section, Nested extends keyof Section> = Partial<Omit<Section, Nested>> & {
  readonly [Name in Nested]?: Partial<Section[Name]>
}

/** A persona, told by what it does otherwise than another one. */
export interface PersonaDefinition {
  /** What it is called. */
  readonly name: string
  /** The persona that it is like, or its name. @default {'strict'} */
  readonly extends?: PersonaName | Persona | undefined
  /** What it says otherwise. */
  readonly texts?: Partial<PersonaTexts> | undefined
  /** The verbs that it knows besides or in other states; `undefined` for those that it does not know. */
  readonly commands?: Readonly<Record<string, Persona['commands'][string] | undefined>> | undefined
  /** What CAPA lists, or a function of what decides about it and of what the other persona lists. */
  readonly capabilities?:
    | readonly string[]
    | ((facts: CapabilityFacts, inherited: readonly string[]) => readonly string[])
    | undefined
  /** The timestamp of the greeting when a maildrop has an APOP secret (R20). */
  readonly timestamp?: Persona['timestamp']
  /** The languages of LANG (R95), all of them. */
  readonly languages?: Persona['languages'] | undefined
  /** How it reads otherwise. */
  readonly grammar?: SectionChanges<PersonaGrammar, 'line' | 'arguments'> | undefined
  /** How it does AUTH otherwise. */
  readonly sasl?: Partial<PersonaSasl> | undefined
  /** What it does otherwise besides. */
  readonly policies?: SectionChanges<PersonaPolicies, 'idle' | 'badCommands' | 'delays'> | undefined
}

/**
 * Makes a persona out of another one: what is not given is as there.
 *
 * @throws {Pop3ArgumentError} When there is something that no persona has: a text, verb, policy or mechanism that does not exist, or a
 * value that cannot be. The message says where, and what is allowed.
 *
 * @example Meet a server that is like Dovecot, but in a hurry
 * ```ts
 * import assert from 'node:assert/strict'
 * import { definePersona, setupPop3Server } from '@pop3kit/server'
 *
 * const hasty = definePersona({
 *   name: 'hasty',
 *   extends: 'dovecot',
 *   texts: { greeting: 'Yes?', idle: 'No time' },
 *   commands: { TOP: undefined },
 *   capabilities: (_facts, inherited) => [...inherited.filter((line) => line !== 'TOP'), 'IMPLEMENTATION hasty'],
 *   policies: { idle: { TRANSACTION: 5000 }, closesAfter: ['login.refused'] },
 * })
 * const server = setupPop3Server({ persona: hasty, clock: 'virtual', maildrops: { alice: { password: 'wonderland' } } })
 *
 * const peer = server.connect()
 * peer.write('CAPA\r\nUSER alice\r\nPASS wonderland\r\nTOP 1 0\r\n')
 * await server.clock.advance(5000)
 * const heard = (await peer.toArray()).join('')
 * assert.match(heard, /^\+OK Yes\?\r\n[^]*IMPLEMENTATION hasty\r\n/)
 * assert.match(heard, /\+OK Logged in\.\r\n-ERR Unknown command: TOP\r\n-ERR No time\r\n$/)
 * await server.close()
 *
 * assert.throws(() => definePersona({ name: 'hasty', texts: { greet: 'Yes?' } as object }), /Cannot find "greet" in texts/)
 * ```
 */
export function definePersona(definition: PersonaDefinition): Persona {
  check(personaRules, definition, `the persona "${definition.name}"`)
  const {
    name,
    extends: other = 'strict',
    texts,
    commands,
    capabilities,
    languages,
    grammar,
    sasl,
    policies,
  } = definition
  const base = typeof other === 'string' ? personaNamed(other) : other
  return {
    name,
    texts: { ...base.texts, ...texts },
    commands: known({ ...base.commands, ...commands }),
    capabilities: capabilitiesOf(base, capabilities),
    timestamp: 'timestamp' in definition ? definition.timestamp : base.timestamp,
    languages: languages ?? base.languages,
    grammar: {
      ...base.grammar,
      ...grammar,
      line: { ...base.grammar.line, ...grammar?.line },
      arguments: { ...base.grammar.arguments, ...grammar?.arguments },
    },
    sasl: { ...base.sasl, ...sasl },
    policies: {
      ...base.policies,
      ...policies,
      idle: { ...base.policies.idle, ...policies?.idle },
      badCommands: { ...base.policies.badCommands, ...policies?.badCommands },
      delays: { ...base.policies.delays, ...policies?.delays },
    },
  }
}

function known(commands: NonNullable<PersonaDefinition['commands']>): Persona['commands'] {
  const verbs = Object.entries(commands).flatMap(([verb, states]) =>
    states === undefined ? [] : [[verb, states] as const],
  )
  return Object.fromEntries(verbs)
}

function capabilitiesOf(base: Persona, given: PersonaDefinition['capabilities']): Persona['capabilities'] {
  if (given === undefined) return base.capabilities
  return typeof given === 'function' ? (facts) => given(facts, base.capabilities(facts)) : () => given
}
