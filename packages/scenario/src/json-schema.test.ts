import { readFileSync, readdirSync } from 'node:fs'
import { fault } from '@pop3kit/server'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseScenario } from './parse-scenario.ts'
import { jsonSchema } from './testing/json-schema.ts'
import { sentences } from './testing/sentences.ts'

const isValid = new Ajv({ strictTuples: false }).compile(jsonSchema())

test('schema.json, which editors complete from, is what files and faults are held to (vitest --update writes it)', async () => {
  await expect(`${JSON.stringify(jsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot('../schema.json')
})

test('every fault is described by a sentence', () => {
  const described = sentences()
  for (const name of Object.keys(fault)) expect(described.get(name), name).toMatch(/^[A-Z].{10,}/)
})

const folder = new URL('../../../fixtures/scenarios/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'))

test.each(files)('%s is a scenario by the schema', (file) => {
  isValid(parse(readFileSync(new URL(file, folder), 'utf8')))
  expect(isValid.errors).toBeNull()
})

/** Each is one mistake; the parser tells more about it than the schema can. */
const wrong: readonly (readonly [why: string, scenario: string])[] = [
  ['no title', '{ handlers: [] }'],
  ['an unknown key', '{ title: t, handler: [] }'],
  ['an unknown persona', '{ title: t, persona: postfix }'],
  ['an unknown text', '{ title: t, texts: { hello: hi } }'],
  ['an unknown policy', '{ title: t, policies: { lockSession: true } }'],
  ['a policy that cannot be', '{ title: t, policies: { lock: never } }'],
  ['a duration without its unit', "{ title: t, policies: { loginDelay: '15' } }"],
  ['a negative duration', '{ title: t, policies: { loginDelay: -1 } }'],
  ['an unknown state', '{ title: t, policies: { idle: { LOGIN: 5s } } }'],
  ['an unknown certificate', '{ title: t, tls: { certificate: stale } }'],
  ['a place that is none', '{ title: t, handlers: [{ at: greting, play: stall }] }'],
  ['nothing to play', '{ title: t, handlers: [{ at: RETR }] }'],
  ['times that cannot be', '{ title: t, handlers: [{ at: RETR, times: 0, play: stall }] }'],
  ['an unknown key of a handler', '{ title: t, handlers: [{ at: RETR, tmes: 1, play: stall }] }'],
  ['an unknown fault', '{ title: t, handlers: [{ at: RETR, play: explode }] }'],
  ['an unknown fault with arguments', '{ title: t, handlers: [{ at: RETR, play: { explode: 5 } }] }'],
  ['two faults in one mapping', '{ title: t, handlers: [{ at: RETR, play: { slow: 2s, stall: [] } }] }'],
  ['no fault in a list', '{ title: t, handlers: [{ at: RETR, play: [] }] }'],
  ['a fault without what it needs', '{ title: t, handlers: [{ at: RETR, play: cut }] }'],
  ['the same with nothing behind its name', '{ title: t, handlers: [{ at: RETR, play: { cut: } }] }'],
  ['a position that cannot be', '{ title: t, handlers: [{ at: RETR, play: { cut: { octet: -1 } } }] }'],
  ['a position that is none', '{ title: t, handlers: [{ at: RETR, play: { cut: middle } }] }'],
  ['two positions in one', '{ title: t, handlers: [{ at: RETR, play: { cut: { octet: 1, line: 1 } } }] }'],
  ['an unknown manner', '{ title: t, handlers: [{ at: RETR, play: [{ terminator: lost }] }] }'],
  ['too many arguments', '{ title: t, handlers: [{ at: RETR, play: { stall: [end, 1] } }] }'],
  ['too few arguments', '{ title: t, handlers: [{ at: RETR, play: { slowBetween: 1s } }] }'],
  ['an unknown member', '{ title: t, handlers: [{ at: RETR, play: { drip: { octets: 1, each: 1s } } }] }'],
  ['a member that is missing', '{ title: t, handlers: [{ at: RETR, play: { drip: { octets: 1 } } }] }'],
]

test.each(wrong)('%s: the schema refuses it, and so does the parser', (_why, scenario) => {
  expect(isValid(parse(scenario))).toBe(false)
  expect(() => parseScenario(scenario)).toThrow(expect.objectContaining({ code: 'SCENARIO' }))
})
