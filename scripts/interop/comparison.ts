/** Holds what a client delivered against what the server has. */
import { canonical, decodeLatin1 } from '@pop3kit/codec'
import type { MailboxMessage } from '@pop3kit/mailbox'
import { nameOf } from './account.ts'
import type { Encryption, InteropClient } from '../clients/client.ts'

export interface Comparison {
  readonly problems: readonly string[]
  /** How many messages came out as they went in. */
  readonly unaltered: number
}

/** How many problems say enough. */
const shown = 4

/** A message is right when it is as it was sent, or altered as this client is known to do. */
export function compare(
  { undo = (text: string): string => text, alters = [] }: InteropClient,
  messages: readonly MailboxMessage[],
  delivered: readonly string[],
  encryption: Encryption,
): Comparison {
  const problems =
    delivered.length === messages.length ? [] : [`It delivered ${delivered.length} of ${messages.length}`]
  let unaltered = 0
  for (const [index, message] of messages.entries()) {
    const name = nameOf(message)
    const sent = decodeLatin1(canonical(message.content))
    const got = undo(delivered[index] ?? '', encryption)
    const alteration = alters.find(({ messages: names }) => names.includes(name))
    if (got === sent) unaltered += 1
    else if (alteration?.accepts(got, sent) !== true) problems.push(`${name} differs: ${firstDifference(sent, got)}`)
  }
  return {
    problems: problems.length > shown ? [...problems.slice(0, shown), `and ${problems.length - shown} more`] : problems,
    unaltered,
  }
}

function firstDifference(sent: string, got: string): string {
  let at = 0
  while (at < sent.length && sent[at] === got[at]) at += 1
  const from = Math.max(0, at - 20)
  const excerpt = (text: string): string => JSON.stringify(text.slice(from, at + 40))
  return `${got.length} octets instead of ${sent.length}, at ${at} ${excerpt(got)} instead of ${excerpt(sent)}`
}
