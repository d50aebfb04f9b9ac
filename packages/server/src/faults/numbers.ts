/** Faults of the numbers in STAT and LIST, and of the rows of LIST and UIDL. */
import type { Message } from '../maildrop/message.ts'
import { anyNumber, keysOf, line, whole, word, yes } from './arguments.ts'
import { type FaultMaker, defineFault } from './fault.ts'
import { type Kind, either, members, oneMember, optional } from './kind.ts'
import { type RowChange, changingRows } from './listing.ts'

/** What a number is said to be: text in its place, a multiple, so much more, or rounded up to a multiple of something. */
export type NumberLie = string | { readonly factor: number } | { readonly add: number } | { readonly round: number }

/** A {@link NumberLie} about a size, or `lf`: each line end counted as one octet. */
export type SizeLie = NumberLie | { readonly lf: true }

/** What a number can be made of. */
const lies = {
  factor: anyNumber('what a number is multiplied by'),
  add: anyNumber('what is added to a number'),
  round: whole('what a number is rounded to', 1),
}

const numberLie: Kind<NumberLie> = either(
  'a number of STAT',
  line('a number of STAT'),
  oneMember<Exclude<NumberLie, string>>('a number of STAT', lies),
)

/** Makes a number of the honest one. */
function lied(honest: number, lie: NumberLie): string {
  if (typeof lie === 'string') return lie
  if ('factor' in lie) return String(Math.round(honest * lie.factor))
  return String('add' in lie ? honest + lie.add : Math.ceil(honest / lie.round) * lie.round)
}

/** What {@link total} says in the place of the numbers of STAT. */
interface TotalLie {
  /** In the place of the number of messages. */
  readonly messages?: NumberLie | undefined
  /** In the place of their octets. */
  readonly octets?: NumberLie | undefined
}

const same = { add: 0 }

/**
 * Lies in STAT about the number of messages, their octets, or both: a negative total (M23), a word or nothing where a number is due
 * (M28).
 */
export const total: FaultMaker<[lie: TotalLie]> = defineFault(
  'total',
  [members<TotalLie>('a total', { messages: optional(numberLie), octets: optional(numberLie) })],
  ({ messages = same, octets = same }) =>
    changingRows(['STAT'], ({ number, value }) => {
      const [honest = '', ...rest] = value.split(' ')
      return [lied(number, messages), lied(Number(honest), octets), ...rest].filter((word) => word !== '').join(' ')
    }),
)

/**
 * Lies in LIST about sizes. Exchange says the size in its database, OpenMail rounds to 1024, and others count a line end as one octet (M21); a size that is
 * too small leaves octets unread (M22); Mailpit said `%!d(float64=5461)` (M24), and a size that is none makes a consumer skip the mail
 * for ever (M25).
 */
export const sizes: FaultMaker<[lie: SizeLie]> = defineFault(
  'sizes',
  [
    either(
      'a size',
      line('a size'),
      oneMember<Exclude<SizeLie, string>>('a size', { ...lies, lf: yes('each line end counted as one octet') }),
    ),
  ],
  (lie) =>
    changingRows(['LIST'], async ({ number, value }, { session }) => {
      const [word = '', ...rest] = value.split(' ')
      const honest = Number(word)
      const isLf = typeof lie === 'object' && 'lf' in lie
      const size = isLf ? String(honest - (await lineEndsIn(session.message(number)))) : lied(honest, lie)
      return [String(number), size, ...rest].join(' ').trimEnd()
    }),
)

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
 */
export const rows: FaultMaker<[manner: RowsManner]> = defineFault(
  'rows',
  [word('the manner of rows', ...keysOf(manners))],
  (manner) => changingRows(['LIST', 'UIDL'], manners[manner]),
)
