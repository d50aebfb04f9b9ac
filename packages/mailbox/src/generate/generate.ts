/** Any number of messages that nobody wrote, each made when it is asked for. */
import { MailboxArgumentError } from '../argument-error.ts'
import { letter, smallest } from './letter.ts'
import { outlineOf } from './outline.ts'

/** What is generated. */
export interface GenerateOptions {
  /** How many messages. */
  readonly count: number
  /** The octets of each message, 256 or more, or the fewest and the most; from 1,000 to 20,000 unless you say otherwise. */
  readonly size?: number | { readonly min: number; readonly max: number }
  /** A whole number: another one gives other messages. 1 unless you say otherwise. */
  readonly seed?: number
}

/** A message that is made when it is read. A maildrop takes it as it is. */
export interface GeneratedMessage {
  /** The unique-id: `generated-`, the seed, and the number of the message. */
  readonly uid: string
  /** The size of the message in octets, CRLF counted. */
  readonly octets: number
  /** When it arrived, in milliseconds since the epoch: each after the one before, in 2026 and later. */
  readonly arrivedAt: number
  /** Makes the message: lines that end with CRLF, ASCII. */
  readonly content: () => Uint8Array
}

/**
 * Generates messages: letters in words of a small vocabulary, threads, some with HTML, some with a file. Message number n of a seed and a size
 * is the same on every machine and in every version of Node, however many there are. Only sizes and unique-ids are made at once: a maildrop
 * of a hundred thousand is there in a moment, and STAT, LIST and UIDL need no message.
 *
 * @throws {MailboxArgumentError} When a number is not whole, or a size too small.
 *
 * @example Generate a maildrop of a hundred thousand messages
 * ```ts
 * import assert from 'node:assert/strict'
 * import { generate } from '@pop3kit/mailbox'
 *
 * const messages = generate({ count: 100_000, size: { min: 500, max: 4000 }, seed: 7 })
 * assert.equal(messages[41_999]?.uid, 'generated-7-42000')
 * assert.equal(messages[41_999].content().length, messages[41_999].octets)
 * ```
 */
export function generate({ count, size = { min: 1000, max: 20_000 }, seed = 1 }: GenerateOptions): GeneratedMessage[] {
  const { min, max } = typeof size === 'number' ? { min: size, max: size } : size
  whole('count', count, 0)
  whole('seed', seed, Number.MIN_SAFE_INTEGER)
  whole('size', min, smallest)
  whole('size', max, min)
  return Array.from({ length: count }, (_, index) => {
    const { size, arrivedAt } = outlineOf(seed, index)
    const octets = min + Math.floor(size * (max - min + 1))
    return {
      uid: `generated-${seed}-${index + 1}`,
      octets,
      arrivedAt,
      content: () => letter(seed, index, octets, outlineOf(seed, index)),
    }
  })
}

function whole(what: string, number: number, least: number): void {
  if (!Number.isSafeInteger(number) || number < least) {
    throw new MailboxArgumentError(`Cannot generate with ${what} ${number}: expected a whole number from ${least} up`)
  }
}
