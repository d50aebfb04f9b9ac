/** Who has which mail: `--mailbox` and `--user` together. */
import { type MailboxMaildrop, type MailboxMessage, loadMailbox, walkthroughMailbox } from '@pop3kit/mailbox'
import { UsageError } from './usage-error.ts'

/** The maildrops to serve, by user. */
export type Maildrops = Readonly<Record<string, MailboxMaildrop>>

/** A `--user NAME:PASSWORD`. */
export interface Login {
  readonly user: string
  readonly password: string
}

/** Reads `NAME:PASSWORD`; the password may hold colons. */
export function parseLogin(text: string): Login {
  const colon = text.indexOf(':')
  // What stands there may be a password: it is not shown.
  if (colon < 1) throw new UsageError('Cannot use a --user without a colon: expected NAME:PASSWORD')
  return { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

/**
 * The maildrops of mailboxes and users. A mailbox whose manifest names users brings its own maildrops; any other is what every
 * `--user` has. A `--user` whom a manifest names has the messages from there. Without a mailbox it is the one of the walk-through.
 */
export async function maildropsOf(paths: readonly string[], logins: readonly Login[]): Promise<Maildrops> {
  if (paths.length === 0) {
    const walkthrough = await walkthroughMailbox()
    return logins.length === 0 ? walkthrough.maildrops : admit(logins, {}, walkthrough.messages)
  }
  const mailboxes = await Promise.all(paths.map((path) => loadMailbox(path)))
  const unclaimed: MailboxMessage[] = []
  const maildrops: Record<string, MailboxMaildrop> = {}
  for (const [index, mailbox] of mailboxes.entries()) {
    const named = Object.entries(mailbox.maildrops)
    if (named.length === 0 && logins.length === 0) {
      throw new UsageError(
        `Cannot serve "${paths[index]}" to anybody: expected --user NAME:PASSWORD, or a manifest with users`,
      )
    }
    if (named.length === 0) unclaimed.push(...mailbox.messages)
    for (const [user, maildrop] of named) {
      if (user in maildrops)
        throw new UsageError(`Cannot serve "${paths[index]}": another mailbox has a user "${user}", too`)
      maildrops[user] = maildrop
    }
  }
  return admit(logins, maildrops, unclaimed)
}

function admit(logins: readonly Login[], maildrops: Maildrops, unclaimed: readonly MailboxMessage[]): Maildrops {
  const admitted = logins.map(
    ({ user, password }) => [user, { messages: unclaimed, ...maildrops[user], password }] as const,
  )
  return { ...maildrops, ...Object.fromEntries(admitted) }
}
