/** Reads a Maildir: `new` and `cur` together, in the order of delivery. `tmp` holds what is not delivered yet. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '@pop3kit/yaml-file'
import type { Findings } from '../findings.ts'
import type { MailboxMessage } from '../mailbox.ts'
import { MailboxError } from '../mailbox-error.ts'
import { readOctets } from '../stored-octets.ts'
import { type MaildirName, compareDelivery, parseMaildirName, uniqueIdOf } from './name.ts'

/** Whether a folder with these folders in it is a Maildir. One may be missing: Git keeps no empty folders. */
export function isMaildir(folders: readonly string[]): boolean {
  return folders.includes('new') || folders.includes('cur')
}

/** The messages of a Maildir. Its sub-folders (Maildir++) are other mailboxes: they are left out and told. */
export async function readMaildir(
  path: string,
  folders: readonly string[],
  findings: Findings,
): Promise<MailboxMessage[]> {
  for (const folder of folders.filter((name) => name.startsWith('.'))) {
    const problem = 'this sub-folder is another mailbox, and left out'
    findings.warn(new MailboxError({ file: join(path, folder), problem, expected: 'to be loaded by its own path' }))
  }
  const messages: MailboxMessage[] = []
  const bases = new Set<string>()
  for (const { file, name } of await delivered(path, folders)) {
    const stored = join(path, file)
    const whole = await readOctets(stored).catch((cause: unknown) => {
      const problem = `it cannot be read (${errorCode(cause)})`
      findings.refuse(new MailboxError({ file: stored, problem, expected: 'a message', cause }))
    })
    if (whole === undefined) continue
    if (bases.has(name.base)) {
      const problem = 'its name without flags is that of another message, and so is its unique-id'
      findings.warn(new MailboxError({ file: stored, problem, expected: 'a name of its own' }))
    }
    bases.add(name.base)
    findings.message({ file: stored, whole, start: 0, end: whole.length })
    messages.push(messageOf(file, name, whole))
  }
  return messages
}

async function delivered(
  path: string,
  folders: readonly string[],
): Promise<ReadonlyArray<{ readonly file: string; readonly name: MaildirName }>> {
  const found: Array<{ readonly file: string; readonly name: MaildirName }> = []
  for (const folder of ['new', 'cur'].filter((name) => folders.includes(name))) {
    for (const name of await readdir(join(path, folder))) {
      if (!name.startsWith('.')) found.push({ file: `${folder}/${name}`, name: parseMaildirName(name) })
    }
  }
  return found.toSorted((one, other) => compareDelivery(one.name, other.name))
}

function messageOf(file: string, { base, flags, arrivedAt }: MaildirName, content: Uint8Array): MailboxMessage {
  return {
    file,
    content,
    uid: uniqueIdOf(base),
    ...(arrivedAt !== undefined && { arrivedAt }),
    ...(flags !== undefined && { flags }),
  }
}
