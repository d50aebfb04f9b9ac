/**
 * What may be shown of a session: no password, digest, token or line of a SASL exchange, wherever it stands. Where a secret is due it is
 * taken out by the grammar; elsewhere, in lines that are misspelt or out of place, the server looks for the secrets that it knows.
 */
import { type Command, decodeLatin1, decodeText, encodeText, redactCommand } from '@pop3kit/codec'
import { commands } from '../commands/index.ts'
import type { Secrets } from './secrets.ts'

const hidden = '***'

const ASTERISK = 0x2a

/** A keyword alone or with numbers, and none that a secret is due behind. */
const plain = /^(?!PASS|APOP|AUTH)[A-Z]{3,4}\d?(?: +\d+)*$/i

/** The client of one session, and what the server says to it. */
export class Discretion {
  readonly #secrets: Secrets
  /** What was typed where a secret is due. */
  readonly #typed = new Set<string>()
  /** The secrets in the last line: a server may repeat them. */
  #repeatable: readonly string[] = []
  #isBehindAuth = false
  /** Where a line ended that was secret and may have been cut. */
  #secretEnd = -1

  constructor(secrets: Secrets) {
    this.#secrets = secrets
  }

  /** A command line, as it may be shown. */
  command({ octets, offset }: Pick<Command, 'octets' | 'offset'>): string {
    const shown = this.line(octets, offset === this.#secretEnd)
    if (shown.endsWith(hidden)) this.#secretEnd = offset + octets.length
    return shown
  }

  /** A line, or what has come of one, as it may be shown. `isSecret`: all of it is one. */
  line(octets: Uint8Array, isSecret = false): string {
    const line = decodeText(octets)
    if (!isSecret && !this.#isBehindAuth && plain.test(line)) {
      this.#repeatable = []
      return line
    }
    const shown = isSecret || this.#isResponse(line) ? hidden : redacted(line)
    this.#repeatable = shown === line ? [] : [line.slice(shown.length - hidden.length)]
    for (const secret of this.#repeatable) if (this.#secrets.isSecret(secret)) this.#typed.add(secret)
    return this.#withoutKnown(shown)
  }

  /** What the server says, without what it repeats of the line before; as many octets. */
  repeated(octets: Uint8Array): Uint8Array {
    if (this.#repeatable.length === 0) return octets
    const text = decodeLatin1(octets)
    const places = this.#repeatable.flatMap((secret) => [...text.matchAll(anywhere(decodeLatin1(encodeText(secret))))])
    if (places.length === 0) return octets
    const masked = octets.slice()
    for (const { 0: found, index } of places) masked.fill(ASTERISK, index, index + found.length)
    return masked
  }

  /** A word alone behind AUTH that is no keyword: the client goes on with an exchange that the server does not know of. */
  #isResponse(line: string): boolean {
    const [keyword = ''] = line.split(/[ \t]/)
    const isKeyword = commands.has(keyword.toUpperCase())
    if (isKeyword || keyword !== line) this.#isBehindAuth = keyword.toUpperCase() === 'AUTH'
    return this.#isBehindAuth && !isKeyword && line !== ''
  }

  /** Takes out the secrets that are known, behind the keyword. */
  #withoutKnown(line: string): string {
    const [keyword = ''] = line.split(/[ \t]/)
    const from = commands.has(keyword.toUpperCase()) ? keyword.length : 0
    const found = this.#secrets.standingIn(line.slice(from), this.#typed)
    this.#repeatable = [...this.#repeatable, ...found]
    const shown = found.reduce((text, secret) => text.replaceAll(anywhere(secret), hidden), line.slice(from))
    return line.slice(0, from) + shown
  }
}

/** Finds a text anywhere, in whatever case. */
const anywhere = (text: string): RegExp => new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'gi')

/** A command line by its grammar, and what follows a CR or LF in it by that of its own; what begins like PASS is meant to be. */
function redacted(line: string): string {
  for (const { index } of line.matchAll(/(?:^|(?<=[\r\n]))(?!$)/g)) {
    const rest = line.slice(index)
    const shown = redactCommand(rest)
    const misspelt = /^\W*PASS(?=[^ \t])/i.exec(rest)?.[0]
    if (shown !== rest) return line.slice(0, index) + shown
    if (misspelt !== undefined) return line.slice(0, index) + misspelt + hidden
  }
  return line
}
