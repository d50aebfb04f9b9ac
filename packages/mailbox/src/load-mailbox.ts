/** Loads a mailbox, whatever it is kept in. */
import { fileURLToPath } from 'node:url'
import type { Mailbox } from './mailbox.ts'
import type { MboxDialect } from './mbox/dialect.ts'
import { readMailbox } from './read-mailbox.ts'

/** What can be said of a mailbox that does not say it itself. */
export interface LoadMailboxOptions {
  /**
   * How an mbox keeps its messages apart. Without it: by Content-Length (`mboxcl2`) when the lengths lead from each From_ line to the next
   * one, and else `mboxrd`.
   */
  readonly dialect?: MboxDialect
}

/**
 * Loads a mailbox, and finds out what it is by itself: a folder with a manifest (`mailbox.yaml`, `mailbox.yml` or `mailbox.json`), the
 * manifest itself, a Maildir (a folder with `new` or `cur` in it), a folder of .eml files, an .eml file, or any other file as an mbox.
 *
 * @param path A path or a `file:` URL.
 * @throws {MailboxError} When the mailbox, its manifest or a message cannot be loaded. It names the file and what was expected; in a
 * manifest or an mbox the line and the column, and in an mbox the octet, too.
 *
 * @example Load a folder of messages and say who has it
 * ```ts
 * import assert from 'node:assert/strict'
 * import { mkdtemp, rm, writeFile } from 'node:fs/promises'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { loadMailbox } from '@pop3kit/mailbox'
 *
 * const folder = await mkdtemp(join(tmpdir(), 'mailbox-'))
 * await writeFile(join(folder, '10.eml'), 'Subject: second\r\n\r\n')
 * await writeFile(join(folder, '2.eml'), 'Subject: first\r\n\r\n')
 * await writeFile(join(folder, 'mailbox.yaml'), 'users: { alice: { password: wonderland } }')
 *
 * const { maildrops } = await loadMailbox(folder) // for setupPop3Server({ maildrops })
 * assert.equal(maildrops['alice']?.password, 'wonderland')
 * assert.deepEqual(maildrops['alice'].messages.map(({ file }) => file), ['2.eml', '10.eml'])
 * await rm(folder, { recursive: true })
 * ```
 */
export function loadMailbox(path: string | URL, { dialect }: LoadMailboxOptions = {}): Promise<Mailbox> {
  return readMailbox(typeof path === 'string' ? path : fileURLToPath(path), dialect, {
    refuse: (error) => {
      throw error
    },
    warn: () => undefined,
    message: () => undefined,
  })
}
