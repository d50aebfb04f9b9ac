/** What is tried with a client. */
import { encryptions, ways, type Encryption, type InteropClient, type Login } from '../clients/client.ts'
import { mailboxNames, type MailboxName } from './account.ts'
import type { Presence } from '../clients/presence.ts'

export interface Trial {
  readonly mailbox: MailboxName
  readonly encryption: Encryption
  /** Whether the messages stay on the server, or are to be deleted. */
  readonly keep: boolean
  /** The login that the client is told to use, where it is not left to it. */
  readonly login?: Login
  /** Whether what is otherwise left out for the client is in the mailbox, too. */
  readonly whole?: true
}

/**
 * Each mailbox by each way in that a client has, kept and deleted; then each login that it can be told to use; then what is left out
 * for it.
 *
 * @param patient whether to try what takes long, too
 */
export function trialsOf(
  { client: { cannot = {}, avoids, logins }, lacks }: Presence<InteropClient>,
  patient: boolean,
): Trial[] {
  const its = encryptions.filter((encryption) => cannot[encryption] === undefined && !lacks.includes(encryption))
  const encryption = its.includes('implicit') ? 'implicit' : 'none'
  const usual = mailboxNames.flatMap((mailbox) =>
    its.flatMap((encryption) => [true, false].map((keep): Trial => ({ mailbox, encryption, keep }))),
  )
  // Some of them need what TLS needs.
  const told = (lacks.length > 0 ? [] : logins).map((login): Trial => ({
    mailbox: 'walk-through',
    encryption,
    keep: true,
    login,
  }))
  const whole: Trial = { mailbox: 'edge cases', encryption: 'none', keep: true, whole: true }
  return [...usual, ...told, ...(avoids !== undefined && (patient || !avoids.survives) ? [whole] : [])]
}

export function titleOf({ mailbox, encryption, keep, login, whole }: Trial): string {
  return [
    whole ? `all ${mailbox}` : mailbox,
    ways[encryption],
    keep ? 'kept' : 'deleted',
    ...(login === undefined ? [] : [login]),
  ].join(', ')
}
