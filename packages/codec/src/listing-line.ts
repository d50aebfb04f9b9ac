/** What the lines of STAT, LIST, UIDL and CAPA have in common: fields, whole numbers, and an error that says where. */
import { Pop3ProtocolError } from './errors.ts'
import { excerptOf } from './excerpt.ts'
import { encodeText } from './octets.ts'

/** How a line of a listing is read. */
export interface ListingOptions {
  /**
   * Whether what real servers do is taken, too: blanks before the line, several blanks or a TAB between two fields (M19),
   * and unique-ids that are too long (M15) or hold spaces (M32).
   * @defaultValue `false`
   */
  readonly lenient?: boolean | undefined
  /**
   * Where in the stream the line begins, in octets; an error says it.
   * @defaultValue `0`
   */
  readonly offset?: number | undefined
}

/** Two numbers, and perhaps more text, which is no concern of the reader (R30). */
const TWO_NUMBERS = {
  strict: /^(\d+) (\d+)(?: .*)?$/s,
  lenient: /^[ \t]*(\d+)[ \t]+(\d+)(?:[ \t].*)?$/s,
}

/** The two numbers of a line, or `undefined` when the line does not begin with two whole numbers. */
export function parseTwoNumbers(
  line: string,
  { lenient = false }: ListingOptions,
): readonly [number, number] | undefined {
  const [, first, second] = TWO_NUMBERS[lenient ? 'lenient' : 'strict'].exec(line) ?? []
  const numbers = [Number(first), Number(second)] as const
  return numbers.every(Number.isSafeInteger) ? numbers : undefined
}

/** The error about a line that is not what it should be (M23 to M29). */
export function wrongLine(
  what: string,
  line: string,
  { offset = 0 }: ListingOptions,
  expected: string,
): Pop3ProtocolError {
  const excerpt = excerptOf(encodeText(line))
  return new Pop3ProtocolError(`Cannot read the ${what} "${excerpt}" at offset ${offset}: expected ${expected}`, {
    offset,
    excerpt,
  })
}
