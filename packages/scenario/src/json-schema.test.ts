import { fault } from '@pop3kit/server'
import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { duration, play, scenarioSchema } from './scenario-schema.ts'

/** What the schema leaves to functions, in the words of JSON Schema. */
const overrides: ReadonlyMap<unknown, object> = new Map([
  [duration, { type: ['number', 'string'], minimum: 0, pattern: String.raw`^\d+(\.\d+)? ?(ms|s|m|h)$` }],
  [play, { anyOf: [{ $ref: '#/$defs/fault' }, { type: 'array', minItems: 1, items: { $ref: '#/$defs/fault' } }] }],
])

const names = Object.keys(fault)
const faultSchema = {
  description: 'A fault: its name, or a mapping from its name to its arguments, a list where there are several',
  anyOf: [
    { enum: names },
    {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, {}])),
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    },
  ],
}

/** A record of given names is an object of these, so that editors complete them. */
function recordOf(schema: v.GenericSchema): object | undefined {
  if (!v.isOfType('record', schema)) return undefined
  const { key, value } = schema as unknown as { key: { options?: readonly string[] }; value: v.GenericSchema }
  if (key.options === undefined) return undefined
  const { $schema: _dialect, ...each } = convert(value)
  return {
    type: 'object',
    properties: Object.fromEntries(key.options.map((name) => [name, each])),
    additionalProperties: false,
  }
}

function convert(schema: v.GenericSchema): ReturnType<typeof toJsonSchema> {
  return toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'output',
    overrideSchema: ({ valibotSchema }) => overrides.get(valibotSchema) ?? recordOf(valibotSchema),
  })
}

test('schema.json, which editors complete from, is the schema that files are held to (vitest --update writes it)', async () => {
  const whole = { ...convert(scenarioSchema), title: 'A scenario of @pop3kit/scenario', $defs: { fault: faultSchema } }
  await expect(`${JSON.stringify(whole, undefined, 2)}\n`).toMatchFileSnapshot('../schema.json')
})
