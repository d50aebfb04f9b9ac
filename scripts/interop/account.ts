/** The mailboxes of the trials, and who may have them. */
import { edgeCasesMailbox, walkthroughMailbox, type MailboxMessage } from '@pop3kit/mailbox'
import type { MaildropInit } from '@pop3kit/server'
import type { Login } from '../clients/client.ts'

export const mailboxNames = ['walk-through', 'edge cases'] as const
export type MailboxName = (typeof mailboxNames)[number]

const mailboxes = { 'walk-through': walkthroughMailbox, 'edge cases': edgeCasesMailbox }

export interface Account {
  readonly user: string
  readonly password: string
  readonly messages: readonly MailboxMessage[]
}

export async function accountOf(mailbox: MailboxName): Promise<Account> {
  const { maildrops } = await mailboxes[mailbox]()
  const [user, maildrop] = Object.entries(maildrops)[0] ?? []
  if (user === undefined || maildrop?.password === undefined) throw new Error(`The mailbox "${mailbox}" has no user`)
  return { user, password: maildrop.password, messages: maildrop.messages }
}

/** What the server knows of somebody who logs in like that. */
export function secretFor(login: Login | undefined, secret: string): MaildropInit {
  if (login === 'APOP') return { apopSecret: secret }
  if (login === 'XOAUTH2' || login === 'OAUTHBEARER') return { accessTokens: [secret] }
  return { password: secret }
}

/** What a message is called: its unique-id or, where it has none of its own, its file. */
export function nameOf({ uid, file }: MailboxMessage): string {
  return uid ?? file
}
