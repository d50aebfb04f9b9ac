/** The words, lines, numbers, durations and places that faults take. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import type { Position } from '../reply/position.ts'
import { type Kind, either, oneMember, plain } from './kind.ts'
import { written } from './written.ts'

/** One of some words. */
export function word<const Word extends string>(what: string, ...words: readonly Word[]): Kind<Word> {
  const isOne = (value: unknown): value is Word => words.some((candidate) => candidate === value)
  return plain(what, words.map(written), { enum: words }, isOne)
}

/** The words that a record has something for. */
export const keysOf = <Word extends string>(record: Readonly<Record<Word, unknown>>): Word[] =>
  Object.keys(record).filter((name): name is Word => Object.hasOwn(record, name))

/** Text that fits into a line. */
export function line(what: string): Kind<string> {
  return text(what, 'one line of text', /^[^\r\n]*$/)
}

/** Text of a certain shape. */
export function text(what: string, expected: string, shape: RegExp): Kind<string> {
  const isOne = (value: unknown): value is string => isText(value) && shape.test(value)
  return plain(what, [expected], { type: 'string', pattern: shape.source }, isOne, isText)
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** A whole number, `least` or more. */
export function whole(what: string, least: number): Kind<number> {
  const isOne = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= least
  const schema = { type: 'integer', minimum: least, maximum: Number.MAX_SAFE_INTEGER }
  return plain(what, [`a whole number, ${least} or more`], schema, isOne)
}

const isFinite = (value: unknown): value is number => Number.isFinite(value)

/** Any number. */
export function anyNumber(what: string): Kind<number> {
  return plain(what, ['a number'], { type: 'number' }, isFinite)
}

/** A number from 0 up. */
export function from0(what: string): Kind<number> {
  const isOne = (value: unknown): value is number => isFinite(value) && value >= 0
  return plain(what, ['a number, 0 or more'], { type: 'number', minimum: 0 }, isOne)
}

/** A number above 0. */
export function above0(what: string): Kind<number> {
  const isOne = (value: unknown): value is number => isFinite(value) && value > 0
  return plain(what, ['a number above 0'], { type: 'number', exclusiveMinimum: 0 }, isOne)
}

/** Nothing but true. */
export function yes(what: string): Kind<true> {
  return plain(what, ['true'], { const: true }, (value) => value === true)
}

const isAmount = (value: unknown): value is Duration => typeof value === 'number' || isText(value)

function isDuration(value: unknown): value is Duration {
  try {
    return isAmount(value) && parseDuration(value) >= 0
  } catch {
    return false
  }
}

/** A duration. */
export const duration: Kind<Duration> = plain(
  'a duration',
  ['milliseconds, or text such as 250ms, 2s, 10m or 1h'],
  {
    anyOf: [
      { type: 'number', minimum: 0 },
      { type: 'string', pattern: String.raw`^\d+(\.\d+)? ?(ms|s|m|h)$` },
    ],
  },
  isDuration,
  isAmount,
)

/** A place inside a reply. */
export const position: Kind<Position> = either(
  'a place of a reply',
  word('a place of a reply', 'start', 'status', 'terminator', 'end'),
  oneMember<Extract<Position, object>>('a place of a reply', {
    octet: whole('the octets before a place', 0),
    line: whole('the lines before a place', 0),
    terminator: whole('the octets of the terminator before a place', 0),
  }),
)
