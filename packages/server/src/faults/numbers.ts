/** Faults of the numbers in STAT and LIST, and of the rows of LIST and UIDL. */
import type { Message } from '../maildrop/message.ts'
import { membersOf, oneLine, oneOf, refuse, wholeNumber } from './arguments.ts'
import type { Fault } from './fault.ts'
import { type RowChange, defineListingFault } from './listing.ts'

/** What a number is said to be: text in its place, a multiple, so much more, or rounded up to a multiple of something. */
export type NumberLie = string | { readonly factor: number } | { readonly add: number } | { readonly round: number }

/** A {@link NumberLie} about a size, or `lf`: each line end counted as one octet. */
export type SizeLie = NumberLie | { readonly lf: true }

const lies = 'text, { factor }, { add }'

/** Makes a number of the honest one. */
function lieOf(lie: unknown, what: string, expected = `${lies} or { round }`): (honest: number) => string {
  if (typeof lie === 'string') {
    const text = oneLine(lie, what)
    return () => text
  }
  const [[kind, value] = [], ...others] = Object.entries(Object(lie))
  if (others.length > 0 || typeof value !== 'number' || !Number.isFinite(value)) return refuse(lie, what, expected)
  if (kind === 'factor') return (honest) => String(Math.round(honest * value))
  if (kind === 'add') return (honest) => String(honest + value)
  if (kind !== 'round') return refuse(lie, what, expected)
  wholeNumber(value, 'what sizes are rounded to', 1)
  return (honest) => String(Math.ceil(honest / value) * value)
}

/**
 * Lies in STAT about the number of messages, their octets, or both: a negative total (M23), a word or nothing where a number is due
 * (M28).
 *
 * @throws {Pop3ArgumentError} When a lie is none.
 */
export function total(lie: {
  readonly messages?: NumberLie | undefined
  readonly octets?: NumberLie | undefined
}): Fault {
  const given = membersOf(lie, 'a total', ['messages', 'octets'])
  const [messages, octets] = [given['messages'] ?? same, given['octets'] ?? same].map((part) =>
    lieOf(part, 'a number of STAT'),
  )
  return defineListingFault('total', [lie], ['STAT'], ({ number, value }) => {
    const [honest = '', ...rest] = value.split(' ')
    return [messages?.(number), octets?.(Number(honest)), ...rest].filter((word) => word !== '').join(' ')
  })
}

const same = { add: 0 }

/**
 * Lies in LIST about sizes. Exchange says the size in its database, OpenMail rounds to 1024, and others count a line end as one octet (M21); a size that is
 * too small leaves octets unread (M22); Mailpit said `%!d(float64=5461)` (M24), and a size that is none makes a consumer skip the mail
 * for ever (M25).
 *
 * @throws {Pop3ArgumentError} When the lie is none.
 */
export function sizes(lie: SizeLie): Fault {
  const isLf = typeof lie === 'object' && lie !== null && 'lf' in lie
  if (isLf && membersOf(lie, 'a size', ['lf'])['lf'] !== true)
    refuse(lie, 'a size', `${lies}, { round } or { lf: true }`)
  const lied: (octets: number, message: Message | undefined) => string | Promise<string> = isLf
    ? async (octets, message) => String(octets - (await lineEndsIn(message)))
    : lieOf(lie, 'a size', `${lies}, { round } or { lf: true }`)
  return defineListingFault('sizes', [lie], ['LIST'], async ({ number, value }, { session }) => {
    const [honest = '', ...rest] = value.split(' ')
    return [String(number), await lied(Number(honest), session.message(number)), ...rest].join(' ').trimEnd()
  })
}

const LF = 0x0a

async function lineEndsIn(message: Message | undefined): Promise<number> {
  let count = 0
  for await (const piece of message?.pieces() ?? []) {
    for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, end + 1)) count += 1
  }
  return count
}

/** What can be wrong with the rows of a listing. */
export type RowsManner =
  | 'missing-number'
  | 'missing-size'
  | 'wrong-number'
  | 'gaps'
  | 'renumbered'
  | 'ok-prefix'
  | 'two-spaces'

const isListed = (index: number | undefined): index is number => index !== undefined

const manners: Readonly<Record<RowsManner, RowChange>> = {
  'missing-number': ({ value }) => value,
  'missing-size': ({ number }) => String(number),
  'wrong-number': ({ number, value }) => `${number + 1} ${value}`,
  gaps: ({ number, value }) => (number % 2 === 0 ? undefined : `${number} ${value}`),
  renumbered: ({ number, value, index }) => `${isListed(index) ? index + 1 : number} ${value}`,
  'ok-prefix': ({ number, value, index }) => `${isListed(index) ? '+OK ' : ''}${number} ${value}`,
  'two-spaces': ({ number, value }) => `${number}  ${value}`,
}

/**
 * Spoils the rows of LIST and UIDL.
 * `missing-number`: only the size or the unique-id, as twisted's own server answered `LIST n` (M26). `missing-size`: only the number
 * (M28). `wrong-number`: each number is one too high (M28). `gaps`: rows with even numbers are left out of listings (M33).
 * `renumbered`: numbers without gaps although messages are marked deleted, as WildDuck lists them (M34, D10).
 * `ok-prefix`: `+OK` before each row of a listing (M18). `two-spaces`: between number and value (M19).
 *
 * @throws {Pop3ArgumentError} When the manner is none of those.
 */
export function rows(manner: RowsManner): Fault {
  oneOf(manner, 'the manner of rows', Object.keys(manners))
  return defineListingFault('rows', [manner], ['LIST', 'UIDL'], manners[manner])
}
