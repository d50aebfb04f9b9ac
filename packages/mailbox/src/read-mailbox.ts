/** Finds out what a mailbox is kept in, and has it read. */
import type { Dirent } from 'node:fs'
import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from '@pop3kit/yaml-file'
import { compareNaturally } from './file-names.ts'
import type { Findings } from './findings.ts'
import type { Mailbox, MailboxMaildrop, MailboxMessage } from './mailbox.ts'
import { MailboxError } from './mailbox-error.ts'
import { isMaildir, readMaildir } from './maildir/read-maildir.ts'
import { ManifestFile } from './manifest.ts'
import type { ManifestMessage } from './manifest-schema.ts'
import type { MboxDialect } from './mbox/dialect.ts'
import { readMboxFile } from './mbox/read-mbox-file.ts'
import { MessageFiles } from './message-files.ts'

const nothing: Mailbox = { messages: [], maildrops: {} }

const eml = /\.eml$/i
const manifest = /\.(?:ya?ml|json)$/i

/** The mailbox at a path, without what was refused. */
export async function readMailbox(
  path: string,
  dialect: MboxDialect | undefined,
  findings: Findings,
): Promise<Mailbox> {
  let isFolder: boolean
  let entries: Dirent[]
  try {
    isFolder = (await stat(path)).isDirectory()
    entries = await readdir(isFolder ? path : dirname(path), { withFileTypes: true })
  } catch (cause) {
    const problem = errorCode(cause) === 'ENOENT' ? 'it does not exist' : `it cannot be read (${errorCode(cause)})`
    findings.refuse(new MailboxError({ file: path, problem, expected: 'a folder, an .eml file or an mbox', cause }))
    return nothing
  }
  if (isFolder) return readFolder(path, entries, findings)
  if (manifest.test(path)) return readListed(path, filesOf(dirname(path), entries, findings), findings)
  if (!eml.test(path)) return { ...nothing, messages: await readMboxFile(path, dialect, findings) }
  return { ...nothing, messages: await new MessageFiles(dirname(path), [basename(path)], findings).loadAll() }
}

async function readFolder(folder: string, entries: readonly Dirent[], findings: Findings): Promise<Mailbox> {
  const [manifest, other] = ['mailbox.yaml', 'mailbox.yml', 'mailbox.json'].filter((wanted) =>
    entries.some((entry) => entry.name === wanted && !entry.isDirectory()),
  )
  const files = filesOf(folder, entries, findings)
  if (manifest !== undefined) {
    if (other === undefined) return readListed(join(folder, manifest), files, findings)
    const problem = `it holds both "${manifest}" and "${other}"`
    findings.refuse(new MailboxError({ file: folder, problem, expected: 'one manifest' }))
    return nothing
  }
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  if (isMaildir(folders)) return { ...nothing, messages: await readMaildir(folder, folders, findings) }
  if (files.emlNames.length > 0) return { ...nothing, messages: await files.loadAll() }
  const expected = 'at least one, a manifest, or the folders "new" and "cur" of a Maildir'
  findings.refuse(new MailboxError({ file: folder, problem: 'it holds no .eml file', expected }))
  return nothing
}

function filesOf(folder: string, entries: readonly Dirent[], findings: Findings): MessageFiles {
  const names = entries.filter((entry) => !entry.isDirectory() && eml.test(entry.name)).map(({ name }) => name)
  return new MessageFiles(folder, names.toSorted(compareNaturally), findings)
}

async function readListed(path: string, files: MessageFiles, findings: Findings): Promise<Mailbox> {
  const manifest = await readManifest(path, findings)
  if (manifest === undefined) return nothing
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

async function readManifest(file: string, findings: Findings): Promise<ManifestFile | undefined> {
  try {
    return new ManifestFile(file, await readFile(file, 'utf8'))
  } catch (cause) {
    const problem = `it cannot be read (${errorCode(cause)})`
    const refused =
      cause instanceof MailboxError ? cause : new MailboxError({ file, problem, expected: 'a manifest', cause })
    findings.refuse(refused)
    return undefined
  }
}
