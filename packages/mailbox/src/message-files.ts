/** Reads the messages of a folder, each file once: two maildrops with the same message share its octets. */
import { readFile } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { type FileError, type Problem, errorCode } from '@pop3kit/yaml-file'
import { nearestName } from './file-names.ts'
import { MailboxError } from './mailbox-error.ts'
import type { MailboxMessage } from './mailbox.ts'
import type { ManifestMessage } from './manifest-schema.ts'

type Failure = (key: keyof ManifestMessage, problem: Problem) => FileError

const PADDING = 0x78 // "x"

/** The messages of one folder. */
export class MessageFiles {
  readonly #folder: string
  readonly #emlNames: readonly string[]
  readonly #contents = new Map<string, Uint8Array>()

  /** @param emlNames The .eml files of the folder, in order. */
  constructor(folder: string, emlNames: readonly string[]) {
    this.#folder = folder
    this.#emlNames = emlNames
  }

  /** Loads every .eml file. */
  loadAll(): Promise<MailboxMessage[]> {
    const list = this.#emlNames.map((file) => ({ file }))
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
    for (const [index, message] of list.entries()) {
      const content = await this.#content(message, (...about) => failure(index, ...about))
      const { file, uid } = message
      messages.push(uid === undefined ? { file, content } : { file, content, uid })
    }
    return messages
  }

  async #content(message: ManifestMessage, failure: Failure): Promise<Uint8Array> {
    const path = join(this.#folder, message.file)
    const key = JSON.stringify([path, message.padTo])
    const known = this.#contents.get(key)
    if (known !== undefined) return known
    const content = padded(await this.#read(path, message, failure), message, failure)
    this.#contents.set(key, content)
    return content
  }

  async #read(path: string, { file }: ManifestMessage, failure: Failure): Promise<Uint8Array> {
    if (isAbsolute(file) || leaves(this.#folder, path)) {
      throw failure('file', { problem: `"${file}" leaves the folder`, expected: 'the name of a file in it' })
    }
    try {
      const { buffer, byteOffset, byteLength } = await readFile(path)
      return new Uint8Array(buffer, byteOffset, byteLength)
    } catch (cause) {
      if (errorCode(cause) !== 'ENOENT') {
        const problem = `"${file}" cannot be read (${errorCode(cause)})`
        throw failure('file', { problem, expected: 'a file that can be read', cause })
      }
      const near = nearestName(file, this.#emlNames)
      const expected = near === undefined ? 'the name of a file in the folder' : `a file that exists, perhaps "${near}"`
      throw failure('file', { problem: `"${file}" does not exist`, expected, cause })
    }
  }
}

function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

function padded(content: Uint8Array, { file, padTo }: ManifestMessage, failure: Failure): Uint8Array {
  if (padTo === undefined) return content
  if (padTo < content.length) {
    const problem = `"${file}" holds ${content.length} octets already`
    throw failure('padTo', { problem, expected: `padTo to be ${content.length} or more` })
  }
  const result = new Uint8Array(padTo).fill(PADDING)
  result.set(content)
  return result
}
