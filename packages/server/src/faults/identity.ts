/** Faults of unique-ids (RFC 1939 section 7). */
import { keysOf, whole, word } from './arguments.ts'
import { type FaultMaker, defineFault } from './fault.ts'
import { either, oneMember } from './kind.ts'
import { type RowChange, changingRows } from './listing.ts'

/** What can be wrong with unique-ids. */
export type UidsManner = 'duplicate' | 'churn' | 'reused' | 'blank' | 'long' | 'spaces' | 'missing'

/** The longest unique-id (R36), and one that is longer than what fetchmail once had room for, too. */
const lengths = { most: 70, tooMany: 130 }

/** With the unique-id of the message before. */
const likeBefore: RowChange = ({ number, value }, { session }) =>
  `${number} ${session.message(number - 1)?.uid ?? value}`

const manners: Readonly<Record<UidsManner, RowChange>> = {
  duplicate: (row, context) => (row.number % 2 === 0 ? likeBefore(row, context) : `${row.number} ${row.value}`),
  churn({ number, value }, { session }) {
    const prefix = `${session.id}.`
    return `${number} ${prefix}${value.slice(-(lengths.most - prefix.length))}`
  },
  reused: ({ number }) => `${number} ${number}`,
  blank: ({ number }) => `${number} `,
  long: ({ number, value }) => `${number} ${value.padEnd(lengths.tooMany, 'x')}`,
  spaces: ({ number, value }) => `${number} ${value} ${number}`,
  missing: ({ number }) => String(number),
}

/**
 * Spoils the unique-ids of UIDL.
 * `duplicate`: every second message has that of the one before it, and with `{ duplicate: 4 }` only message 4 (M30). `churn`: others in each session (M31). `reused`: the message number, so that
 * the next message in this place has it again (M31). `blank`: none behind the blank, `missing`: no blank
 * either (M29). `long`: 130 octets where 70 are allowed (M15). `spaces`: with a blank inside (M32).
 */
export const uids: FaultMaker<[manner: UidsManner | { readonly duplicate: number }]> = defineFault(
  'uids',
  [
    either(
      'the manner of unique-ids',
      word('the manner of unique-ids', ...keysOf(manners)),
      oneMember<{ readonly duplicate: number }>('the manner of unique-ids', {
        duplicate: whole('the second of two messages', 2),
      }),
    ),
  ],
  (manner) => changingRows(['UIDL'], typeof manner === 'string' ? manners[manner] : duplicateOf(manner.duplicate)),
)

function duplicateOf(last: number): RowChange {
  return (row, context) => (row.number === last ? likeBefore(row, context) : `${row.number} ${row.value}`)
}
