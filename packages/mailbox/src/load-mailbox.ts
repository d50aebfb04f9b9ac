/** Loads a mailbox from a folder: its .eml files, and who has them in which order if a manifest says so. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errorCode } from '@pop3kit/yaml-file'
import { compareNaturally } from './file-names.ts'
import { MailboxError } from './mailbox-error.ts'
import type { Mailbox, MailboxMaildrop, MailboxMessage } from './mailbox.ts'
import type { ManifestMessage } from './manifest-schema.ts'
import { ManifestFile } from './manifest.ts'
import { MessageFiles } from './message-files.ts'

/**
 * Loads the .eml files of a folder and its manifest, if it has one: `mailbox.yaml`, `mailbox.yml` or `mailbox.json`.
 *
 * @param folder A path or a `file:` URL.
 * @throws {MailboxError} When the folder, the manifest or a message cannot be loaded. It names the file and what was
 * expected, and for a manifest the line and the column.
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
export async function loadMailbox(folder: string | URL): Promise<Mailbox> {
  const path = typeof folder === 'string' ? folder : fileURLToPath(folder)
  const names = await listFiles(path)
  const emlNames = names.filter((name) => /\.eml$/i.test(name)).toSorted(compareNaturally)
  const manifest = await readManifest(path, names)
  if (manifest !== undefined) return loadListed(manifest, new MessageFiles(path, emlNames))
  if (emlNames.length > 0) return { messages: await new MessageFiles(path, emlNames).loadAll(), maildrops: {} }
  throw new MailboxError({ file: path, problem: 'it holds no .eml file', expected: 'at least one, or a manifest' })
}

async function loadListed(manifest: ManifestFile, files: MessageFiles): Promise<Mailbox> {
  const { messages: common, users = [] } = manifest.content
  const load = (list: readonly ManifestMessage[], place: readonly string[]): Promise<MailboxMessage[]> =>
    files.load(list, (index, key, problem) => manifest.error([...place, index, key], problem))

  const messages = common === undefined ? await files.loadAll() : await load(common, ['messages'])
  const maildrops: Array<[string, MailboxMaildrop]> = []
  for (const [user, { messages: listed, ...secrets }] of users) {
    const own = listed === undefined ? messages : await load(listed, ['users', user, 'messages'])
    maildrops.push([user, { ...secrets, messages: own }])
  }
  // Not by assignment: a user may be called "__proto__".
  return { messages, maildrops: Object.fromEntries(maildrops) }
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
  } catch (cause) {
    const problems: Record<string, string> = { ENOENT: 'it does not exist', ENOTDIR: 'it is a file' }
    const problem = problems[errorCode(cause)] ?? `it cannot be read (${errorCode(cause)})`
    throw new MailboxError({ file: folder, problem, expected: 'a folder of .eml files', cause })
  }
}

async function readManifest(folder: string, names: readonly string[]): Promise<ManifestFile | undefined> {
  const [name, other] = ['mailbox.yaml', 'mailbox.yml', 'mailbox.json'].filter((name) => names.includes(name))
  if (name === undefined) return undefined
  if (other !== undefined) {
    throw new MailboxError({
      file: folder,
      problem: `it holds both "${name}" and "${other}"`,
      expected: 'one manifest',
    })
  }
  const file = join(folder, name)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new MailboxError({ file, problem: `it cannot be read (${errorCode(cause)})`, expected: 'a manifest', cause })
  })
  return new ManifestFile(file, text)
}
