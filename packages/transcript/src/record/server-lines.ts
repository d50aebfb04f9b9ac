/** The lines of a server, by what they are: the status of a reply, a listing, a message. */
import { decodeLatin1 } from '@pop3kit/codec'
import { hasBody, hasMessage, isChallenge } from '../verbs.ts'

/** What a line of the server is. `other`: nothing that was asked for. */
export type LineKind = 'challenge' | 'status' | 'listing' | 'header' | 'text' | 'terminator' | 'other'

/** A scan listing, a unique-id listing, a capability or a mechanism: no line of a message that follows a broken listing. */
const listed = /^(?:\d+ [!-~]+|[A-Z][A-Z0-9_-]*(?: [!-~]+)*)[ \t]*\r?\n?$/

/** The server of one session. */
export class ServerLines {
  /** The commands that are not answered; the greeting answers nothing. */
  readonly #waiting: string[] = ['']
  #body: 'listing' | 'header' | 'text' | undefined

  /** The client said a line, of which no secrets are needed. */
  asked(line: string): void {
    this.#waiting.push(line)
  }

  /** What the next line is. */
  kindOf(octets: Uint8Array): LineKind {
    const line = decodeLatin1(octets)
    if (this.#body === undefined) return this.#first(line)
    if (/^\.\r?\n?$/.test(line)) {
      this.#body = undefined
      return 'terminator'
    }
    if (this.#body === 'listing') return listed.test(line) ? 'listing' : 'other'
    if (this.#body === 'header' && /^\r?\n$/.test(line)) this.#body = 'text'
    return this.#body
  }

  #first(line: string): LineKind {
    if (!/^(?:\+|-ERR)/i.test(line) || this.#waiting.length === 0) return 'other'
    const command = this.#waiting.shift() ?? ''
    if (isChallenge(line)) return 'challenge'
    if (/^\+OK/i.test(line) && hasBody(command)) this.#body = hasMessage(command) ? 'header' : 'listing'
    return 'status'
  }
}
