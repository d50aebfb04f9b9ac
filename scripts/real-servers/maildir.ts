/** Maildirs for Dovecot and Courier: a file a message, lines ended by LF, in the order of the file names. */
import { chown, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Maildrop, messages, users } from './maildrop.ts'

/** Who owns the mail: no account needs to have this number. */
export const MAIL_OWNER = 5000

/**
 * The maildrop of alice among the homes of all users.
 *
 * @param files what else is in her Maildir when it has the seven messages, by name
 */
export function maildir(homes: string, files: Readonly<Record<string, string>> = {}): Maildrop {
  const folder = join(homes, 'alice/Maildir')
  let delivered = 0
  const store = async (name: string, content: Uint8Array): Promise<void> => {
    await writeFile(join(folder, name), content)
    await chown(join(folder, name), MAIL_OWNER, MAIL_OWNER)
  }
  const deliver = async (message: Uint8Array): Promise<void> => {
    delivered += 1
    const lines = Buffer.from(message).toString('latin1').replaceAll('\r\n', '\n')
    await store(`new/${fileName(delivered)}`, Buffer.from(lines, 'latin1'))
  }
  const reset = async (): Promise<void> => {
    // A session that is ending may still write into it.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    for (const user of Object.keys(users)) await makeMaildir(join(homes, user))
    for (const [name, content] of Object.entries(files)) await store(name, Buffer.from(content))
    delivered = 0
    for (const message of messages) await deliver(message)
  }
  const loseFile = async (number: number): Promise<void> => {
    for (const place of ['new', 'cur']) {
      const names = await readdir(join(folder, place))
      // A server may have added flags behind the name.
      for (const name of names.filter((name) => name.startsWith(fileName(number)))) await rm(join(folder, place, name))
    }
  }
  return { reset, deliver, loseFile }
}

async function makeMaildir(home: string): Promise<void> {
  for (const path of ['', 'Maildir', 'Maildir/new', 'Maildir/cur', 'Maildir/tmp']) {
    await mkdir(join(home, path), { recursive: true })
    await chown(join(home, path), MAIL_OWNER, MAIL_OWNER)
  }
}

/** Begins with a time, as usual in Maildirs: the servers sort by it. */
export function fileName(number: number): string {
  return `${1_123_934_400 + number}.M${number}P1.mail`
}
