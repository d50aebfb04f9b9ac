/** What the sections of a persona may hold, so that a slip of whoever writes one is found at once. */
import { commands } from '../commands/index.ts'
import { mechanisms } from '../sasl/index.ts'
import type { ArgumentShape } from './argument-reader.ts'
import type { PersonaGrammar, PersonaPolicies, PersonaSasl, PersonaTextName, PersonaTexts } from './persona.ts'
import {
  type Rule,
  type Rules,
  aBoolean,
  aFunction,
  atLeast,
  each,
  either,
  isObject,
  lineOfText,
  listOf,
  oneOf,
  optional,
} from './rules.ts'
import { strict } from './strict.ts'

/** A rule for every member, so that none is forgotten. */
type RulesFor<Section> = { readonly [Name in keyof Required<Section>]: Rule | Rules }

const states = ['AUTHORIZATION', 'TRANSACTION'] as const
const textNames = Object.keys(strict.texts)
const textName = oneOf(...textNames)
const mechanism = oneOf(...mechanisms.keys())
const text = either(lineOfText, aFunction)

/** The texts in whose place nothing may be said. */
type SilentTextName = {
  [Name in PersonaTextName]: undefined extends PersonaTexts[Name] ? Name : never
}[PersonaTextName]

const silentTexts: Readonly<Record<SilentTextName, Rule>> = {
  'greeting.crowded': optional(text),
  'stls.failed': optional(text),
  idle: optional(text),
}

const lineLimit: Rule = {
  is: (value) =>
    isObject(value) &&
    atLeast(1).is(value['octets']) &&
    oneOf('refuse', 'truncate', 'split', 'reset', 'drop').is(value['longer']),
  expected: 'an object with octets, and longer, which is one of "refuse", "truncate", "split", "reset", "drop"',
}

const window: Rule = {
  is: (value) => isObject(value) && Object.entries(value).length === 1 && isBound(value),
  expected: 'an object with oldest, newest or days, which is a number, 1 or more',
}

function isBound(value: Readonly<Record<string, unknown>>): boolean {
  return ['oldest', 'newest', 'days'].some((name) => atLeast(1).is(value[name]))
}

const argumentShapes: RulesFor<Record<ArgumentShape, unknown>> = {
  none: aFunction,
  any: aFunction,
  name: aFunction,
  password: aFunction,
  nameAndDigest: aFunction,
  number: aFunction,
  optionalNumber: aFunction,
  numberAndLines: aFunction,
  mechanism: aFunction,
}

const grammar: RulesFor<PersonaGrammar> = {
  lineEndings: oneOf('strict', 'lenient'),
  line: each(states, either(lineLimit, aFunction)),
  response: optional(lineLimit),
  encoding: oneOf('utf-8', 'any', 'latin-1'),
  command: optional(aFunction),
  crashesOn: optional(aFunction),
  isMalformed: optional(aFunction),
  swallowsNext: optional(aFunction),
  credentials: optional(aFunction),
  unendedLine: oneOf('drop', 'take'),
  arguments: argumentShapes,
  userName: optional(aFunction),
  userHolds: oneOf('next', 'until-pass', 'until-login'),
  anotherUser: oneOf('taken', 'refused'),
  readAhead: oneOf('keep', 'lose', 'mistaken'),
  readAheadOfTls: oneOf('discard', 'answer', 'handshake'),
  tlsAlert: optional({ is: (value) => value instanceof Uint8Array, expected: 'octets' }),
}

const sasl: RulesFor<PersonaSasl> = {
  mechanisms: listOf(mechanism),
  noInitial: optional(listOf(mechanism)),
  base64: optional(aFunction),
  lateBase64: optional(aBoolean),
  opaque: optional(listOf(mechanism)),
  plain: optional(aFunction),
  emptyChallenge: lineOfText,
  authorizationIdentity: oneOf('checked', 'repeated', 'ignored'),
  takesName: optional(aFunction),
  cramChallenge: aFunction,
  digestChallenge: optional(aFunction),
}

const policies: RulesFor<PersonaPolicies> = {
  lock: oneOf('exclusive', 'shared'),
  size: aFunction,
  uniqueId: aFunction,
  loginDelay: atLeast(0),
  sessionsPerUser: atLeast(1),
  deletion: oneOf('marked', 'retrieved', 'hidden'),
  window: optional(window),
  expunged: oneOf('gone', 'served'),
  last: oneOf('session', 'maildrop'),
  retrieval: oneOf('keeps', 'renames'),
  internationalized: either(oneOf('send', 'refuse'), aFunction),
  samePassword: aFunction,
  idle: each(states, atLeast(1)),
  loginTime: atLeast(1),
  connections: atLeast(1),
  cleartextLogin: oneOf('allowed', 'refused'),
  stlsAfterUtf8: oneOf('allowed', 'refused'),
  badCommands: each(states, atLeast(1)),
  badTexts: listOf(textName),
  uncounted: listOf(lineOfText),
  delays: each(textNames, atLeast(0)),
  closesAfter: listOf(textName),
}

/** A capability as CAPA lists it (RFC 2449 section 5, R43). */
const capability: Rule = {
  is: (value) => typeof value === 'string' && /^[\x21-\x7e][\x20-\x7e]{0,509}$/.test(value),
  expected: 'a line of printable ASCII, at most 510 octets',
}

/** What `definePersona` takes. */
export const personaRules: Rules = {
  name: { is: (value) => typeof value === 'string' && value !== '', expected: 'a name' },
  extends: { is: (value) => typeof value === 'string' || isObject(value), expected: 'a persona or the name of one' },
  texts: { ...each(textNames, text), ...silentTexts },
  commands: each(commands.keys(), optional(listOf(oneOf(...states)))),
  capabilities: either(listOf(capability), aFunction),
  timestamp: optional(aFunction),
  languages: {
    is: (value) => isObject(value) && Object.values(value).every(lineOfText.is),
    expected: 'tags and texts',
  },
  grammar,
  sasl,
  policies,
}
