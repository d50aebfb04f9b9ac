/** What was said in a session, in turns. */
import { type Heard, readReplies } from './replies.ts'
import type { Witness } from './witness.ts'

/** A command, or a response in a SASL exchange, and what the server said to it and to lines that were too long to be either. */
export interface Turn {
  /** The verb, as the server read it; nothing where it spoke first. */
  readonly verb: string
  /** The first word behind it. */
  readonly argument: string
  readonly replies: readonly Heard[]
}

/**
 * The turns of a session, the greeting first. The record says where each begins; the octets are those that the client heard.
 *
 * @throws When a reply is not well-formed, is not heard as it was sent, or is missing.
 */
export function turnsOf({ peer, session }: Witness): Turn[] {
  // Behind a handshake that failed there are alerts of TLS among what the client hears.
  const failed = session.entries.findIndex((entry) => entry.type === 'tls' && entry.error !== undefined)
  const entries = failed === -1 ? session.entries : session.entries.slice(0, failed)
  const begun = [{ verb: '', argument: '', from: 0 }]
  let sent = 0
  for (const entry of entries) {
    if (entry.type === 'sent') sent += entry.count
    else if (entry.type === 'command') begun.push({ ...entry, argument: secondWord(entry.line), from: sent })
    else if (entry.type === 'response') begun.push({ verb: 'response', argument: '', from: sent })
  }
  const { length } = peer.heard
  if (!peer.hasReset && (failed === -1 ? length !== sent : length < sent)) {
    throw new Error(`the client heard ${length} octets, and ${sent} were sent`)
  }
  // Some servers close without a word.
  const hasClosed = entries.some((entry) => entry.type === 'close' && entry.how === 'handler')
  return begun.flatMap(({ verb, argument, from }, index) => {
    const to = begun[index + 1]?.from ?? sent
    if (to > length) return []
    const replies = readReplies(peer.heard.slice(from, to), verb)
    const isLast = index === begun.length - 1
    if (replies.length === 0 && !peer.hasReset && !(isLast && hasClosed)) throw new Error(`no reply to "${verb}"`)
    const other = replies.slice(1).find(({ status }) => status !== '-ERR')
    if (other !== undefined) throw new Error(`"${verb}" has another reply: ${other.line}`)
    return [{ verb, argument, replies }]
  })
}

function secondWord(line: string): string {
  return line.trim().split(/[ \t]+/)[1] ?? ''
}
