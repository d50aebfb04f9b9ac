/** Kinds of arguments: the check that an argument is held to when a fault is made, and the JSON Schema that says the same to editors. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { written } from './written.ts'

/** What stands at one place of a fault's arguments. */
export interface FaultParameter {
  /** What is allowed there, in JSON Schema (draft 7); its `description` says what it is. */
  readonly schema: object
  /** Whether it may be left out. */
  readonly isOptional?: boolean
  /** Whether there may be more of them: the last one, one or more times. */
  readonly isRest?: boolean
}

/** A kind of argument. */
export interface Kind<Value = unknown> extends FaultParameter {
  /** What is allowed, one alternative each, in words. */
  readonly allowed: readonly string[]
  /** What it is where it is left out. */
  readonly fallback?: Value | undefined
  /** Whether a value is meant to be one, right or wrong. */
  readonly isMeant: (value: unknown) => boolean
  /**
   * Gives the value back.
   *
   * @throws {Pop3ArgumentError} When it is none.
   */
  readonly read: (value: unknown) => Value
}

/** Refuses an argument. */
export function refuse(value: unknown, what: string, allowed: readonly string[]): never {
  throw new Pop3ArgumentError(`Cannot use ${written(value)} as ${what}: expected ${listed(allowed)}`)
}

const listed = (words: readonly string[]): string =>
  words.length === 1 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** A kind whose values have nothing inside. */
export function plain<Value>(
  what: string,
  allowed: readonly string[],
  schema: object,
  isOne: (value: unknown) => value is Value,
  isMeant: (value: unknown) => boolean = isOne,
): Kind<Value> {
  return {
    allowed,
    schema: { description: `${what}: ${listed(allowed)}`, ...schema },
    isMeant,
    read: (value) => (isOne(value) ? value : refuse(value, what, allowed)),
  }
}

/** The same, and it may be left out; an argument that is stands for something then. */
export function optional<Value>(kind: Kind<Value>, fallback?: Value): Kind<Value> {
  return { ...kind, isOptional: true, fallback }
}

/** The same, one or more times: the last argument of a fault. */
export function several<Value>(kind: Kind<Value>): Kind<Value> {
  return { ...kind, isRest: true }
}

/** One of several kinds. What is meant to be one of them is told what is wrong with it. */
export function either<One, Other>(what: string, one: Kind<One>, other: Kind<Other>): Kind<One | Other> {
  const allowed = [...one.allowed, ...other.allowed]
  const meant = (value: unknown): Kind<One | Other> | undefined => [one, other].find((kind) => kind.isMeant(value))
  return {
    allowed,
    schema: { description: `${what}: ${listed(allowed)}`, anyOf: [one.schema, other.schema] },
    isMeant: (value) => meant(value) !== undefined,
    read: (value) => (meant(value) ?? refuse(value, what, allowed)).read(value),
  }
}

/** A list of one kind. */
export function list<Value>(what: string, kind: Kind<Value>): Kind<readonly Value[]> {
  const allowed = ['a list of them']
  return {
    allowed,
    schema: { description: what, type: 'array', items: kind.schema },
    isMeant: Array.isArray,
    read: (value) => (Array.isArray(value) ? value.map(kind.read) : refuse(value, what, allowed)),
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object with these members and no others. */
export function members<Value extends object>(
  what: string,
  kinds: { readonly [Name in keyof Value]-?: Kind<Value[Name]> },
): Kind<Value> {
  const names = Object.keys(kinds)
  const entries = Object.entries<Kind>(kinds)
  const allowed = [`an object with ${names.join(', ')}`]
  const isOne = (value: unknown): value is Value =>
    isObject(value) && Object.keys(value).every((name) => names.includes(name))
  return {
    allowed,
    schema: {
      description: what,
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
      required: entries.filter(([, { isOptional }]) => isOptional !== true).map(([name]) => name),
      additionalProperties: false,
    },
    isMeant: isObject,
    read(value) {
      if (!isOne(value)) return refuse(value, what, allowed)
      const given = new Map<string, unknown>(Object.entries(value))
      for (const [name, { isOptional, read }] of entries) {
        const member = given.get(name)
        if (member !== undefined || isOptional !== true) read(member)
      }
      return value
    },
  }
}

/** An object with one of these members. */
export function oneMember<Value extends object>(what: string, kinds: Readonly<Record<string, Kind>>): Kind<Value> {
  const allowed = Object.keys(kinds).map((name) => `{ ${name} }`)
  const only = (value: unknown): Kind | undefined => {
    const [name = '', ...others] = isObject(value) ? Object.keys(value) : []
    return others.length === 0 && Object.hasOwn(kinds, name) ? kinds[name] : undefined
  }
  const isOne = (value: unknown): value is Value => only(value) !== undefined
  return {
    allowed,
    schema: {
      description: `${what}: ${listed(allowed)}`,
      type: 'object',
      properties: Object.fromEntries(Object.entries(kinds).map(([name, { schema }]) => [name, schema])),
      additionalProperties: false,
      // Editors offer no name where `maxProperties` stands beside the names: they count the one that is being written.
      allOf: [{ minProperties: 1, maxProperties: 1 }],
    },
    isMeant: isOne,
    read(value) {
      if (!isOne(value)) return refuse(value, what, allowed)
      only(value)?.read(Object.values(value)[0])
      return value
    },
  }
}
