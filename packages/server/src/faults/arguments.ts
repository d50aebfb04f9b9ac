/** Reads the arguments of faults when the fault is made: what cannot be is refused, and it is said what can. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { written } from './written.ts'

/** Refuses an argument. */
export function refuse(value: unknown, what: string, expected: string): never {
  throw new Pop3ArgumentError(`Cannot use ${written(value)} as ${what}: expected ${expected}`)
}

/** One of some words. */
export function oneOf<Word extends string>(value: unknown, what: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === value)
  return word ?? refuse(value, what, words.map(written).join(', '))
}

/** A whole number, `least` or more. */
export function wholeNumber(value: unknown, what: string, least: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value
  return refuse(value, what, `a whole number, ${least} or more`)
}

/** A number above 0. */
export function positiveNumber(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value
  return refuse(value, what, 'a number above 0')
}

/** Text that fits into a line. */
export function oneLine(value: unknown, what: string): string {
  if (typeof value === 'string' && !/[\r\n]/.test(value)) return value
  return refuse(value, what, 'one line without its end')
}

/** The members of an object that has no others than these. */
export function membersOf(value: unknown, what: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject || Object.keys(value).some((key) => !names.includes(key))) {
    return refuse(value, what, `an object with ${names.join(', ')}`)
  }
  return { ...value }
}
