/** Faults of unique-ids (RFC 1939 section 7). */
import { oneOf } from './arguments.ts'
import type { Fault } from './fault.ts'
import { type RowChange, defineListingFault } from './listing.ts'

/** What can be wrong with unique-ids. */
export type UidsManner = 'duplicate' | 'churn' | 'reused' | 'blank' | 'long' | 'spaces' | 'missing'

/** The longest unique-id (R36), and one that is longer than what fetchmail once had room for, too. */
const lengths = { most: 70, tooMany: 130 }

const manners: Readonly<Record<UidsManner, RowChange>> = {
  duplicate: ({ number, value }, { session }) =>
    `${number} ${(number % 2 === 0 ? session.message(number - 1)?.uid : undefined) ?? value}`,
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
 * `duplicate`: every second message has that of the one before it (M30). `churn`: others in each session (M31). `reused`: the message number, so that
 * the next message in this place has it again (M31). `blank`: none behind the blank, `missing`: no blank
 * either (M29). `long`: 130 octets where 70 are allowed (M15). `spaces`: with a blank inside (M32).
 *
 * @throws {Pop3ArgumentError} When the manner is none of those.
 */
export function uids(manner: UidsManner): Fault {
  oneOf(manner, 'the manner of unique-ids', Object.keys(manners))
  return defineListingFault('uids', [manner], ['UIDL'], manners[manner])
}
