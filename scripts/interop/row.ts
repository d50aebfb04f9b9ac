/** What was seen of a client, as a row of the table in docs/interop.md. */
import { encryptions, ways, type InteropClient } from '../clients/client.ts'
import type { Presence } from '../clients/presence.ts'
import type { MailboxName } from './account.ts'
import type { Result } from './attempt.ts'

export const columns = [
  'client',
  'version',
  ...Object.values(ways),
  'when told',
  'walk-through',
  'edge cases',
  'deletes',
  'keeps',
  'fetches again',
] as const

/** Cells by column. What was not tried has none. */
export type Row = Readonly<Partial<Record<(typeof columns)[number], string>>> & { readonly client: string }

export function rowOf({ client, version, lacks }: Presence<InteropClient>, results: readonly Result[]): Row {
  const free = results.filter(({ trial }) => trial.login === undefined && trial.whole === undefined)
  const logins = encryptions
    .filter((encryption) => !lacks.includes(encryption))
    .map((encryption) => {
      if (client.cannot?.[encryption] !== undefined) return [ways[encryption], 'no'] as const
      const seen = free.filter(({ trial }) => trial.encryption === encryption).map(({ login }) => login)
      return [ways[encryption], [...new Set(seen)].join(', ')] as const
    })
  const told = results.flatMap(({ trial, problems }) => (problems.length === 0 ? (trial.login ?? []) : []))
  const unaltered = (mailbox: MailboxName): string => {
    const counts = free.filter(({ trial }) => trial.mailbox === mailbox)
    return `${Math.min(...counts.map(({ unaltered: count }) => count))} of ${counts[0]?.total}`
  }
  const fine = (keep: boolean): string =>
    results.every(({ trial, problems }) => trial.keep !== keep || problems.length === 0) ? 'yes' : 'NO'
  return {
    client: client.name,
    version,
    ...Object.fromEntries(logins),
    ...(lacks.length === 0 && { 'when told': told.join(', ') }),
    'walk-through': unaltered('walk-through'),
    'edge cases': unaltered('edge cases'),
    deletes: fine(false),
    keeps: fine(true),
    'fetches again': client.remembers ? 'no' : 'yes',
  }
}

/** Where two rows of a client differ, its version apart, and both have something to say. */
export function differences(one: Row, other: Row): string[] {
  return columns
    .filter((column) => column !== 'version')
    .filter((column) => one[column] !== undefined && other[column] !== undefined && one[column] !== other[column])
    .map((column) => `${column}: "${one[column]}" instead of "${other[column]}"`)
}
