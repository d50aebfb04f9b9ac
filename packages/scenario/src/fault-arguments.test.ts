import {
  type FaultMaker,
  type FaultParameter,
  type Handler,
  fault,
  faultNamed,
  pop3,
  setupPop3Server,
} from '@pop3kit/server'
import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { scenarioOf } from './scenario-of.ts'
import { parseScenario } from './parse-scenario.ts'
import { allowed, anything } from './testing/arbitrary-arguments.ts'
import { hear } from './testing/hear.ts'
import { jsonSchema } from './testing/json-schema.ts'

const isValid = new Ajv({ strictTuples: false }).compile(jsonSchema())

const makers = Object.entries<FaultMaker<never>>(fault)

/** Arguments that a fault takes, by chance: all it needs, and some of those that may be left out. */
function argumentsFor(takes: readonly FaultParameter[]): fc.Arbitrary<readonly unknown[]> {
  const [first] = takes
  if (first?.isRest === true) return fc.array(allowed(first.schema), { minLength: 1, maxLength: 3 })
  const needed = takes.filter(({ isOptional }) => isOptional !== true).length
  const all = fc.tuple(...takes.map(({ schema }) => allowed(schema)))
  return fc.tuple(all, fc.integer({ min: needed, max: takes.length })).map(([args, count]) => args.slice(0, count))
}

/** What a schema cannot say: the longer of two delays is not the first. */
const isInOrder = (name: string, args: readonly unknown[]): boolean => {
  if (name !== 'slowBetween') return true
  try {
    faultNamed(name, args)
    return true
  } catch (error) {
    return !String(error).includes('expected no less than the shortest')
  }
}

const scenarioWith = (play: unknown): string => JSON.stringify({ title: 'By chance', handlers: [{ at: 'RETR', play }] })

/** What reaches a client, and when. */
async function heard(handlers: readonly Handler[]): Promise<unknown> {
  const { pieces, times } = await hear({ handlers }, ['CAPA', 'STAT', 'LIST', 'UIDL', 'TOP 1 1', 'RETR 1', 'QUIT'])
  return { pieces, times }
}

describe.each(makers)('%s', (name, { takes }) => {
  test('what its schema allows it takes, keeps in its form, and plays the same out of a file', async () => {
    await fc.assert(
      fc.asyncProperty(argumentsFor(takes), async (args) => {
        fc.pre(isInOrder(name, args))
        const made = faultNamed(name, args)
        const form = JSON.parse(JSON.stringify(made.form)) as typeof made.form
        expect(form).toEqual({ name, args })
        expect(faultNamed(form.name, form.args).fault).toBe(made.fault)

        const text = scenarioOf(setupPop3Server({ handlers: [pop3.any(made)] }).listHandlers())
        isValid(parse(text))
        expect(isValid.errors).toBeNull()
        const { handlers } = parseScenario(text)
        expect(handlers[0]?.responders[0]?.form).toEqual(form)
        expect(await heard(handlers)).toEqual(await heard([pop3.any(made)]))
      }),
      { numRuns: 6 },
    )
  })

  test('what the schema refuses it refuses, and says what is allowed', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.array(anything, { maxLength: 3 })), (args) => {
        fc.pre(isInOrder(name, [args].flat()))
        const play = { [name]: args }
        const scenario = scenarioWith(play)
        if (isValid(JSON.parse(scenario))) expect(() => parseScenario(scenario)).not.toThrow()
        else expect(() => parseScenario(scenario)).toThrow(/^Cannot load "scenario": line 1, column \d+: .*; expected /)
      }),
      { numRuns: 100 },
    )
  })
})
