/** Arguments of faults by chance: what JSON Schema allows, and values near it. */
import * as fc from 'fast-check'

interface Schema {
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly type?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly allOf?: readonly unknown[]
}

/** Small enough that no reply becomes longer than a test has patience for. */
const most = 3000

const texts = ['', ' ', '+OK', '2s', '250 ms', '1.5h', 'a\tb', 'é\0', '-1', 'uid-1', '00ff', 'a\r\nb', 'x'.repeat(71)]

/** Values that a schema allows. */
export function allowed(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(allowed))
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? -most, max: most })
  if (schema.type === 'number') {
    const min = schema.minimum ?? (schema.exclusiveMinimum === undefined ? -most : 0.5)
    return fc.double({ min, max: most, noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number))
  }
  if (schema.type === 'string') {
    const pattern = new RegExp(schema.pattern ?? '')
    return fc.oneof(fc.constantFrom(...texts), fc.string()).filter((text) => pattern.test(text))
  }
  if (schema.type === 'array') return fc.array(allowed(schema.items ?? {}), { maxLength: 3 })
  const members = Object.entries(schema.properties ?? {})
  if (schema.allOf !== undefined) {
    return fc.oneof(...members.map(([name, member]) => allowed(member).map((value) => ({ [name]: value }))))
  }
  const model = Object.fromEntries(members.map(([name, member]) => [name, allowed(member)]))
  return fc.record(model, { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true })
}

/** Values that JSON can hold, some of them allowed somewhere. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...texts, 'start', 'terminator', 'missing', 'lower', true, false, null),
  fc.constantFrom(-1, 0, 1, 1.5, 2 ** 53, 'middle'),
  fc.constantFrom({}, [], [1], { octet: 5 }, { octet: -1 }, { line: 1.5 }, { octet: 1, line: 1 }, { terminator: '1' }),
  fc.constantFrom({ code: 'X' }, { code: 1 }, { kode: 'X' }, { hex: '0' }, { hex: 'zz' }, { factor: 2 }, { lf: false }),
  fc.constantFrom({ octets: 1, every: 1 }, { octets: 1 }, { content: 'x' }, { add: ['X'] }, { add: ['a\nb'] }),
)
