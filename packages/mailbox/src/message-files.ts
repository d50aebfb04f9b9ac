/** Reads the messages of a folder, each file once: two maildrops with the same message share its octets. */
import { isAbsolute, join, relative, sep } from 'node:path'
import { type FileError, type Problem, errorCode } from '@pop3kit/yaml-file'
import { nearestName } from './file-names.ts'
import type { Findings } from './findings.ts'
import type { MailboxMessage } from './mailbox.ts'
import { MailboxError } from './mailbox-error.ts'
import type { ManifestMessage } from './manifest-schema.ts'
import { readOctets } from './stored-octets.ts'

type Failure = (key: keyof ManifestMessage, problem: Problem) => FileError
type Refusal = (key: keyof ManifestMessage, problem: Problem) => undefined

const PADDING = 0x78 // "x"

/** The messages of one folder. */
export class MessageFiles {
  /** The .eml files of the folder, in order. */
  readonly emlNames: readonly string[]
  readonly #folder: string
  readonly #findings: Findings
  readonly #contents = new Map<string, Uint8Array | undefined>()

  constructor(folder: string, emlNames: readonly string[], findings: Findings) {
    this.#folder = folder
    this.emlNames = emlNames
    this.#findings = findings
  }

  /** Loads every .eml file. */
  loadAll(): Promise<MailboxMessage[]> {
    const list = this.emlNames.map((file) => ({ file }))
    return this.load(list, (_index, _key, problem) => new MailboxError({ file: this.#folder, ...problem }))
  }

  /**
   * Loads the messages of a list, one after the other, so that no number of them uses up the file handles.
   *
   * @param failure Makes the error for a problem with one key of the message at an index of the list.
   */
  async load(
    list: readonly ManifestMessage[],
    failure: (index: number, ...about: Parameters<Failure>) => FileError,
  ): Promise<MailboxMessage[]> {
    const messages: MailboxMessage[] = []
    const uids = new Set<string | undefined>()
    for (const [index, message] of list.entries()) {
      const content = await this.#content(message, (...about) => failure(index, ...about))
      if (content === undefined) continue
      const { file, uid, date } = message
      if (uid !== undefined && uids.has(uid)) {
        const problem = `"${uid}" is the unique-id of another message, too`
        this.#findings.warn(failure(index, 'uid', { problem, expected: 'one of its own (RFC 1939 section 7)' }))
      }
      uids.add(uid)
      messages.push({
        file,
        content,
        ...(uid !== undefined && { uid }),
        ...(date !== undefined && { arrivedAt: date }),
      })
    }
    return messages
  }

  /** The octets of a message, or nothing when it was refused. */
  async #content(message: ManifestMessage, failure: Failure): Promise<Uint8Array | undefined> {
    const path = join(this.#folder, message.file)
    const key = JSON.stringify([path, message.padTo])
    if (this.#contents.get(key) === undefined) this.#contents.set(key, await this.#read(path, message, failure))
    return this.#contents.get(key)
  }

  async #read(path: string, message: ManifestMessage, failure: Failure): Promise<Uint8Array | undefined> {
    const { file } = message
    const refuse: Refusal = (key, problem) => {
      this.#findings.refuse(failure(key, problem))
    }
    if (isAbsolute(file) || leaves(this.#folder, path)) {
      return refuse('file', { problem: `"${file}" leaves the folder`, expected: 'the name of a file in it' })
    }
    let whole: Uint8Array
    try {
      whole = await readOctets(path)
    } catch (cause) {
      return refuse('file', this.#unreadable(file, cause))
    }
    this.#findings.message({ file: path, whole, start: 0, end: whole.length })
    return padded(whole, message, refuse)
  }

  #unreadable(file: string, cause: unknown): Problem {
    if (errorCode(cause) !== 'ENOENT') {
      const problem = `"${file}" cannot be read (${errorCode(cause)})`
      return { problem, expected: 'a file that can be read', cause }
    }
    // A link that leads nowhere is there, too.
    const near = nearestName(
      file,
      this.emlNames.filter((name) => name !== file),
    )
    const expected = near === undefined ? 'the name of a file in the folder' : `a file that exists, perhaps "${near}"`
    return { problem: `"${file}" does not exist`, expected, cause }
  }
}

function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

function padded(content: Uint8Array, { file, padTo }: ManifestMessage, refuse: Refusal): Uint8Array | undefined {
  if (padTo === undefined) return content
  if (padTo < content.length) {
    const problem = `"${file}" holds ${content.length} octets already`
    return refuse('padTo', { problem, expected: `padTo to be ${content.length} or more` })
  }
  const result = new Uint8Array(padTo).fill(PADDING)
  result.set(content)
  return result
}
