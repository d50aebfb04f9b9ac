/** The JSON Schema that editors complete scenarios from (draft 7, which all of them know), made of what files and faults are held to. */
import { type FaultMaker, type FaultParameter, fault } from '@pop3kit/server'
import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { duration, place, placePattern, play, points, scenarioSchema, verbs } from '../scenario-schema.ts'
import { sentences } from './sentences.ts'

/** What is allowed, in the words of JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>

const makers = Object.entries<FaultMaker<never>>(fault)

/** What stands at many places, by its name in `definitions`. */
const shared: ReadonlyMap<unknown, string> = new Map([
  [fault.cut.takes[0]?.schema, 'position'],
  [fault.slow.takes[0]?.schema, 'duration'],
])

const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` })

/** The same schema, what stands at many places as a reference. */
function withReferences(schema: unknown): unknown {
  const name = shared.get(schema)
  if (name !== undefined) return ref(name)
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(withReferences)
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withReferences(value)]))
}

/** The arguments of a fault: one for itself, several as a list, none as nothing. */
function argumentsOf(takes: readonly FaultParameter[]): JsonSchema {
  const schemas = takes.map(({ schema }) => withReferences(schema))
  const needed = takes.filter(({ isOptional }) => isOptional !== true).length
  const items = takes.length === 0 ? {} : { items: schemas, additionalItems: false }
  const list = takes.at(-1)?.isRest
    ? { type: 'array', items: schemas[0], minItems: 1 }
    : { type: 'array', ...items, minItems: needed, maxItems: takes.length }
  const alone = needed < 2 ? schemas.slice(0, 1) : []
  const none = needed === 0 ? [{ type: 'null' }] : []
  return { anyOf: [...alone, list, ...none] }
}

/** A fault: its name where it needs no arguments, or a mapping from its name to its arguments. */
function anyFault(): JsonSchema {
  const described = sentences()
  const names = makers.filter(([, { takes }]) => takes.every(({ isOptional }) => isOptional === true))
  const properties = makers.map(([name, { takes }]) => [
    name,
    { description: described.get(name), ...argumentsOf(takes) },
  ])
  return {
    description: 'A fault: its name, or a mapping from its name to its arguments, a list where there are several',
    anyOf: [
      { enum: names.map(([name]) => name) },
      {
        type: 'object',
        properties: Object.fromEntries(properties),
        additionalProperties: false,
        // As with places: editors offer no name where it stands beside the names.
        allOf: [{ minProperties: 1, maxProperties: 1 }],
      },
    ],
  }
}

/** What the schema of files leaves to functions. */
const overrides: ReadonlyMap<unknown, JsonSchema> = new Map([
  [duration, ref('duration')],
  [play, { anyOf: [ref('fault'), { type: 'array', minItems: 1, items: ref('fault') }] }],
  [place, { anyOf: [{ enum: [...points, ...verbs] }, { type: 'string', pattern: placePattern.source }] }],
])

type NamedRecord = v.RecordSchema<v.PicklistSchema<readonly string[], undefined>, v.GenericSchema, undefined>

const isNamedRecord = (schema: v.GenericSchema): schema is NamedRecord & v.GenericSchema =>
  schema.type === 'record' && 'key' in schema && Object(schema.key).type === 'picklist'

/** A record of given names is an object of these, so that editors complete them. */
function recordOf(schema: v.GenericSchema): JsonSchema | undefined {
  if (!isNamedRecord(schema)) return undefined
  const { $schema: _dialect, ...each } = convert(schema.value)
  return {
    type: 'object',
    properties: Object.fromEntries(schema.key.options.map((name) => [name, each])),
    additionalProperties: false,
  }
}

function convert(schema: v.GenericSchema): ReturnType<typeof toJsonSchema> {
  return toJsonSchema(schema, {
    target: 'draft-07',
    typeMode: 'output',
    overrideSchema: ({ valibotSchema }) => overrides.get(valibotSchema) ?? recordOf(valibotSchema),
  })
}

/** The schema of scenario files. */
export function jsonSchema(): JsonSchema {
  const definitions = [...shared].map(([schema, name]) => [name, schema])
  return {
    ...convert(scenarioSchema),
    title: 'A scenario of @pop3kit/scenario',
    definitions: { ...Object.fromEntries(definitions), fault: anyFault() },
  }
}
