/** Rules for data that users write: what is allowed, and how to say so when something else is there. */
import { Pop3ArgumentError } from '@pop3kit/codec'

/** What one value has to be. */
export interface Rule {
  readonly is: (value: unknown) => boolean
  readonly expected: string
}

/** What the members of an object have to be, by their names; any of them may be left out, and there are no others. */
export interface Rules {
  readonly [name: string]: Rule | Rules
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')

export const oneOf = (...allowed: readonly string[]): Rule => ({
  is: (value) => allowed.some((one) => one === value),
  expected: `one of ${quoted(allowed)}`,
})

export const aFunction: Rule = { is: (value) => typeof value === 'function', expected: 'a function' }

export const aBoolean: Rule = { is: (value) => typeof value === 'boolean', expected: 'true or false' }

/** `Infinity` is a number, too. */
export const atLeast = (least: number): Rule => ({
  is: (value) => typeof value === 'number' && value >= least,
  expected: `a number, ${least} or more`,
})

/** Text that may stand in a line, which it must not end. */
export const lineOfText: Rule = {
  is: (value) => typeof value === 'string' && !/[\r\n\0]/.test(value),
  expected: 'text without CR, LF and NUL',
}

export const either = (one: Rule, other: Rule): Rule => ({
  is: (value) => one.is(value) || other.is(value),
  expected: `${one.expected}, or ${other.expected}`,
})

export const optional = (rule: Rule): Rule =>
  either(rule, { is: (value) => value === undefined, expected: 'undefined' })

export const listOf = (rule: Rule): Rule => ({
  is: (value) => Array.isArray(value) && value.every(rule.is),
  expected: `a list, each of which is ${rule.expected}`,
})

/** The same rule for members of these names. */
export function each(names: Iterable<string>, rule: Rule): Rules {
  return Object.fromEntries([...names].map((name) => [name, rule]))
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Holds an object to rules.
 *
 * @param what what it is: `the persona "lazy"`
 * @throws {Pop3ArgumentError} When something is not as the rules have it; the message says where, and what is allowed.
 */
export function check(rules: Rules, value: unknown, what: string, path: readonly string[] = []): void {
  const place = path.length === 0 ? what : `${path.join('.')} of ${what}`
  if (!isObject(value)) throw new Pop3ArgumentError(`Cannot use ${shown(value)} as ${place}: expected an object`)
  for (const [name, member] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    const inside = [...path, name]
    if (rule === undefined) {
      throw new Pop3ArgumentError(`Cannot find "${name}" in ${place}: expected one of ${quoted(Object.keys(rules))}`)
    }
    if (!isRule(rule)) check(rule, member, what, inside)
    else if (!rule.is(member)) {
      throw new Pop3ArgumentError(
        `Cannot use ${shown(member)} as ${inside.join('.')} of ${what}: expected ${rule.expected}`,
      )
    }
  }
}

const isRule = (rule: Rule | Rules): rule is Rule => typeof rule['is'] === 'function'

function shown(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : isObject(value) || Array.isArray(value)
      ? JSON.stringify(value)
      : String(value)
}
