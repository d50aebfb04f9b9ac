/** Finds out what a mailbox is kept in, and has it read. */
import { type Dirent } from 'node:fs'
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
  try {
    if ((await stat(path)).isDirectory()) return await readFolder(path, findings)
  } catch (cause) {
    if (cause instanceof MailboxError) throw cause
    const problem = errorCode(cause) === 'ENOENT' ? 'it does not exist' : `it cannot be read (${errorCode(cause)})`
    findings.refuse(new MailboxError({ file: path, problem, expected: 'a folder, an .eml file or an mbox', cause }))
    return nothing
  }
  if (manifest.test(path)) {
    const names = await readdir(dirname(path))
    return await readListed(path, filesOf(dirname(path), names, findings), findings)
  }
  if (!eml.test(path)) return { ...nothing, messages: await readMboxFile(path, dialect, findings) }
  return { ...nothing, messages: await filesOf(dirname(path), [basename(path)], findings).loadAll() }
}

async function readFolder(folder: string, findings: Findings): Promise<Mailbox> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = namesOf(entries, (entry) => !entry.isDirectory())
  const [manifest, other] = ['mailbox.yaml', 'mailbox.yml', 'mailbox.json'].filter((name) => names.includes(name))
  const files = filesOf(folder, names, findings)
  if (manifest !== undefined) {
    if (other === undefined) return await readListed(join(folder, manifest), files, findings)
    const problem = `it holds both "${manifest}" and "${other}"`
    findings.refuse(new MailboxError({ file: folder, problem, expected: 'one manifest' }))
    return nothing
  }
  const folders = namesOf(entries, (entry) => entry.isDirectory())
  if (isMaildir(folders)) return { ...nothing, messages: await readMaildir(folder, folders, findings) }
  if (names.some((name) => eml.test(name))) return { ...nothing, messages: await files.loadAll() }
  const expected = 'at least one, a manifest, or the folders "new" and "cur" of a Maildir'
  findings.refuse(new MailboxError({ file: folder, problem: 'it holds no .eml file', expected }))
  return nothing
}

const namesOf = (entries: readonly Dirent[], wanted: (entry: Dirent) => boolean): string[] =>
  entries.filter(wanted).map(({ name }) => name)

function filesOf(folder: string, names: readonly string[], findings: Findings): MessageFiles {
  return new MessageFiles(folder, names.filter((name) => eml.test(name)).toSorted(compareNaturally), findings)
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
