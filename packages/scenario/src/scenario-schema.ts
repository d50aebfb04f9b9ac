/** What a scenario file may say. The message of each check is what is allowed; scenario-text.ts says what is there instead. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import { type PersonaTextName, courier, personaNames, pop3 } from '@pop3kit/server'
import * as v from 'valibot'
import type { ScenarioDefinition } from './scenario-definition.ts'

const isMapping = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

function mapping<const Entries extends v.ObjectEntries>(entries: Entries) {
  const expected = `a mapping with the keys ${Object.keys(entries).join(', ')}`
  return v.pipe(v.custom<Record<string, unknown>>(isMapping, expected), v.strictObject(entries, expected))
}

/** The same, and editors tell these words about it. */
function about<Schema extends v.GenericSchema>(words: string, schema: Schema) {
  return v.pipe(schema, v.description(words))
}

const text = v.string('text, in quotes where YAML takes it for something else')
const line = v.pipe(text, v.regex(/^[^\r\n\0]+$/, 'one line of text'))

function word<const Words extends readonly string[]>(...words: Words) {
  return v.picklist(words, `one of ${words.join(', ')}`)
}

const count = v.pipe(
  v.number('a whole number, 1 or more'),
  v.integer('a whole number, 1 or more'),
  v.minValue(1, 'a whole number, 1 or more'),
)

/** Milliseconds, or text with a unit. */
export const duration: v.GenericSchema<unknown, Duration> = v.custom<Duration>(
  isDuration,
  'milliseconds, or text such as 250ms, 2s, 10m or 1h',
)

function isDuration(value: unknown): boolean {
  try {
    return (typeof value === 'string' || typeof value === 'number') && parseDuration(value) >= 0
  } catch {
    return false
  }
}

const state = word('AUTHORIZATION', 'TRANSACTION')
const { texts } = courier()
const textNames = Object.keys(texts).filter((name): name is PersonaTextName => name in texts)
const textName = v.picklist(textNames, `the name of a text, one of ${textNames.join(', ')}`)

const windowExpected = 'a mapping with one of the keys oldest, newest, days, a whole number, 1 or more'
const window = v.union(
  [v.strictObject({ oldest: count }), v.strictObject({ newest: count }), v.strictObject({ days: count })],
  windowExpected,
)

/** The policies of personas that are data. */
const policies = mapping({
  lock: v.exactOptional(word('exclusive', 'shared')),
  loginDelay: v.exactOptional(duration),
  sessionsPerUser: v.exactOptional(count),
  deletion: v.exactOptional(word('marked', 'retrieved', 'hidden')),
  window: v.exactOptional(window),
  expunged: v.exactOptional(word('gone', 'served')),
  last: v.exactOptional(word('session', 'maildrop')),
  retrieval: v.exactOptional(word('keeps', 'renames')),
  internationalized: v.exactOptional(word('send', 'refuse')),
  idle: v.exactOptional(v.record(state, duration, 'a mapping from states to durations')),
  loginTime: v.exactOptional(duration),
  connections: v.exactOptional(count),
  cleartextLogin: v.exactOptional(word('allowed', 'refused')),
  stlsAfterUtf8: v.exactOptional(word('allowed', 'refused')),
  badCommands: v.exactOptional(v.record(state, count, 'a mapping from states to numbers')),
  delays: v.exactOptional(v.record(textName, duration, 'a mapping from names of texts to durations')),
  closesAfter: v.exactOptional(v.array(textName, 'a list of names of texts')),
})

const tls = mapping({
  certificate: v.exactOptional(word('valid', 'expired', 'not-yet-valid', 'self-signed', 'wrong-host')),
  hosts: v.exactOptional(v.array(line, 'a list of names and addresses')),
})

/** The places of handlers that are no verb, as files name them. */
export const points: readonly ['any', 'connection', 'tls', 'greeting', 'response', 'idle', 'close'] = [
  'any',
  'connection',
  'tls',
  'greeting',
  'response',
  'idle',
  'close',
]

/** The verbs that most servers know. */
export const verbs: readonly string[] = Object.keys(pop3)
  .filter((name) => name !== 'command' && !points.some((point) => point === name))
  .map((name) => name.toUpperCase())

/** A point, or a verb and perhaps its argument: a number, text, or a pattern. */
export const placePattern: RegExp = new RegExp(`^(${points.join('|')}|[A-Z][A-Z0-9_-]*( [^\\r\\n]+)?)$`)

/** Where a handler stands. */
export const place: v.GenericSchema<unknown, string> = v.custom<string>(
  (value) => typeof value === 'string' && placePattern.test(value),
  `a verb in upper case such as RETR, "RETR 2" or "LIST /^[12]$/", or one of ${points.join(', ')}`,
)

/** One fault or a list of them: a fault is a name, or a mapping from its name to its arguments. They are checked when they are made. */
export const play: v.GenericSchema = v.unknown()

const handler = mapping({
  at: about('Where it stands: a verb, perhaps with its argument, or a point that is no command', place),
  once: v.exactOptional(about('Only the first time', v.boolean('true or false'))),
  times: v.exactOptional(about('Only so many times', count)),
  nth: v.exactOptional(
    about('Not before its place is reached for the nth time, and only then unless times says otherwise', count),
  ),
  session: v.exactOptional(about('Only in the session with this number, from 1', count)),
  user: v.exactOptional(about('Only in sessions of this user', text)),
  when: v.exactOptional(about('Only in this state of the scenario; it begins in start', text)),
  then: v.exactOptional(about('The state that the scenario is in afterwards', text)),
  scenario: v.exactOptional(
    about('Whose states they are, where that is not this file: each scenario is in one of its own', text),
  ),
  play: about('A fault, or a list of them, the first around the second', play),
})

/** The schema of a scenario file. */
export const scenarioSchema: v.GenericSchema<unknown, ScenarioDefinition> = mapping({
  title: about('One sentence about what happens', line),
  source: v.exactOptional(about('Which server did it, and where that is known from', line)),
  persona: v.exactOptional(about('Whom the server answers like', word(...personaNames))),
  texts: v.exactOptional(
    v.record(textName, v.pipe(text, v.regex(/^[^\r\n\0]*$/, 'one line of text')), 'a mapping from names to texts'),
  ),
  commands: v.exactOptional(
    v.record(
      v.pipe(text, v.regex(/^[A-Z0-9]+$/, 'a verb in upper case')),
      v.nullable(v.array(state, 'a list of states, or nothing')),
      'a mapping from verbs to the states in which they are known, or to nothing where they are not',
    ),
  ),
  policies: v.exactOptional(policies),
  tls: v.exactOptional(tls),
  handlers: v.exactOptional(v.array(handler, 'a list of handlers, each a mapping with the keys at and play')),
  $schema: v.exactOptional(about('The schema that editors complete from', text)),
})
