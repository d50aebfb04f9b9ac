/** Saves messages as files, and never over what is there. */
import { mkdir, open, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode } from '@pop3kit/yaml-file'
import { MailboxArgumentError } from '../argument-error.ts'
import { maildirName } from '../maildir/name.ts'
import { mboxEntry } from '../mbox/write-mbox.ts'
import { type Savable, type SavableMessage, messagesOf, octetsOf } from './savable.ts'

/** How messages are saved. */
export interface SaveMailboxOptions {
  /**
   * - `eml`: a folder of .eml files, and a manifest with the unique-ids and the dates.
   * - `mbox`: one file, in the dialect `mboxrd`. A last line without an end is ended, unique-ids are not kept, and dates to the second.
   * - `maildir`: a Maildir. The unique-ids are new ones: a Maildir has them in the names of its files.
   */
  readonly as: 'eml' | 'mbox' | 'maildir'
}

/**
 * Saves messages as files: what a test left in the maildrop of a server, for instance. `loadMailbox` gives the same octets in the same order.
 *
 * @param from The maildrop of a server, a mailbox, or messages.
 * @param path A folder that is empty or not there, for an mbox a file that is not there. Folders around it are made.
 * @throws {MailboxArgumentError} When something is there already, or `as` is none of the three.
 *
 * @example Save a mailbox, and load it again
 * ```ts
 * import assert from 'node:assert/strict'
 * import { mkdtemp, rm } from 'node:fs/promises'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { generate, loadMailbox, saveMailbox } from '@pop3kit/mailbox'
 *
 * const folder = await mkdtemp(join(tmpdir(), 'mailbox-'))
 * const generated = generate({ count: 3 })
 * await saveMailbox(generated, join(folder, 'left.mbox'), { as: 'mbox' }) // or server.maildrop('alice')
 * const { messages } = await loadMailbox(join(folder, 'left.mbox'))
 * assert.deepEqual(messages.map(({ content }) => content), generated.map(({ content }) => content()))
 * await rm(folder, { recursive: true })
 * ```
 */
export async function saveMailbox(from: Savable, path: string, { as }: SaveMailboxOptions): Promise<void> {
  const save = Object.hasOwn(savers, as) ? savers[as] : undefined
  if (save === undefined) {
    throw new MailboxArgumentError(
      `Cannot save to "${path}" as ${JSON.stringify(as)}: expected "eml", "mbox" or "maildir"`,
    )
  }
  await save(messagesOf(from), path)
}

type Saver = (messages: Iterable<SavableMessage>, path: string) => Promise<void>

const savers: Readonly<Record<SaveMailboxOptions['as'], Saver>> = {
  eml: async (messages, folder) => {
    await makeFolder(folder)
    const listed: string[] = []
    for (const message of messages) {
      const file = `${listed.length + 1}.eml`
      await writeFile(join(folder, file), await octetsOf(message), { flag: 'wx' })
      listed.push(`  - ${listing(file, message)}\n`)
    }
    await writeFile(join(folder, 'mailbox.yaml'), `messages:${listed.length === 0 ? ' []\n' : `\n${listed.join('')}`}`)
  },

  mbox: async (messages, path) => {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'wx').catch((cause: unknown) => {
      throw errorCode(cause) === 'EEXIST' ? occupied(path, 'it exists', 'the name of a new file') : cause
    })
    try {
      for (const message of messages) await file.appendFile(mboxEntry(await octetsOf(message), message.arrivedAt ?? 0))
    } finally {
      await file.close()
    }
  },

  maildir: async (messages, folder) => {
    await makeFolder(folder)
    for (const part of ['new', 'cur', 'tmp']) await mkdir(join(folder, part))
    let serial = 0
    let last = 0
    for (const message of messages) {
      // The order in a Maildir is that of the times in the names.
      last = Math.max(last, message.arrivedAt ?? 0)
      const name = maildirName(++serial, last, message.flags)
      const part = message.flags === undefined ? 'new' : 'cur'
      await writeFile(join(folder, part, name), await octetsOf(message), { flag: 'wx' })
    }
  },
}

/** A message as the manifest lists it: text in JSON is text in YAML. */
function listing(file: string, { uid, arrivedAt }: SavableMessage): string {
  const date = arrivedAt === undefined ? undefined : new Date(arrivedAt).toISOString()
  return JSON.stringify({ file, uid, date })
}

async function makeFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined)
  if (there?.isDirectory() === false) throw occupied(folder, 'it is a file', 'a folder')
  await mkdir(folder, { recursive: true })
  const [name] = await readdir(folder)
  if (name !== undefined) throw occupied(folder, `it holds "${name}" already`, 'an empty folder, or a new one')
}

const occupied = (path: string, problem: string, expected: string): MailboxArgumentError =>
  new MailboxArgumentError(`Cannot save to "${path}": ${problem}; expected ${expected}`)
