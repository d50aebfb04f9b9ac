/** What assertions are given to compare with, as JavaScript hands it on: anything. */
import { types } from 'node:util'
import { ExpectationError } from './errors.ts'

/**
 * Makes sure that something can be compared with.
 *
 * @param expected - what it can be, for the error
 * @throws {ExpectationError} When it cannot.
 */
export function checkOne(given: unknown, isOne: (value: unknown) => boolean, expected: string): void {
  if (!isOne(given)) throw new ExpectationError(given, expected)
}

/**
 * Makes sure that something is a list of what can be compared with.
 *
 * @param expected - what it can be, for the error
 * @throws {ExpectationError} When it is not, or something in it cannot.
 */
export function checkList(given: unknown, isItem: (value: unknown) => boolean, expected: string): void {
  checkOne(given, Array.isArray, expected)
  for (const item of [given].flat()) checkOne(item, isItem, expected)
}

/** Whether it is text. */
export const isText = (value: unknown): value is string => typeof value === 'string'

/** Whether it is text or a pattern. */
export const isTextOrPattern = (value: unknown): value is string | RegExp => isText(value) || types.isRegExp(value)
