/** Records as text: `S:` the server, `C:` the client, `#` what else happened. */
import { decodeLatin1, decodeText, encodeLatin1 } from '@pop3kit/codec'
import type { Entry } from './entry.ts'

/** Turns the entries of a session into lines as they come; a line of the server is shown when it is whole. */
export class TranscriptWriter {
  /** What has come of a line, an octet a character: a piece may end within a character of UTF-8. */
  #line = ''
  #left = 0

  /** The lines that an entry completes. */
  lines(entry: Entry): string[] {
    if (entry.type === 'sent') return this.#sent(entry.octets, entry.count)
    return [...this.#unfinished(), ...described(entry)]
  }

  #sent(octets: Uint8Array, count: number): string[] {
    const lines = (this.#line + decodeLatin1(octets)).split(/\r?\n/)
    this.#line = lines.pop() ?? ''
    this.#left += count - octets.length
    return lines.map(said)
  }

  /** What the server has said of a line, or said and was not kept, when something else happens. */
  #unfinished(): string[] {
    const lines = this.#line === '' ? [] : [said(this.#line)]
    if (this.#left > 0) lines.push(`# ${this.#left} octets more`)
    this.#line = ''
    this.#left = 0
    return lines
  }
}

const said = (line: string): string => `S: ${decodeText(encodeLatin1(line))}`

/** The transcript of a session. */
export function transcriptOf(entries: readonly Entry[]): string {
  const writer = new TranscriptWriter()
  return entries
    .flatMap((entry) => writer.lines(entry))
    .map((line) => `${line}\n`)
    .join('')
}

/** Without the addresses and line numbers that OpenSSL puts into its messages. */
function reasonOf(error: Error): string {
  return 'reason' in error ? String(error.reason) : error.message
}

function described(entry: Exclude<Entry, { type: 'sent' }>): string[] {
  switch (entry.type) {
    case 'command':
      return [`C: ${entry.line}`]
    case 'response':
      return [`C: ${entry.line}`]
    case 'discarded':
      return [`# ${entry.count} octets thrown away that had come in clear`]
    case 'tls':
      return [entry.error === undefined ? `# TLS` : `# TLS handshake failed: ${reasonOf(entry.error)}`]
    case 'fault':
      return [`# fault: ${entry.name}`]
    case 'unproved':
      return ['# unproved: the client may have read this together with what follows']
    case 'wait':
      return [`# wait: ${entry.ms} ms`]
    case 'update':
      return entry.removed.length === 0
        ? []
        : [`# removed from the maildrop of ${entry.user}: ${entry.removed.join(' ')}`]
    case 'error':
      return [`# error: ${String(entry.error)}`]
    case 'close':
      return [
        ...(entry.unfinished === undefined ? [] : [`# never ended by the client: ${entry.unfinished}`]),
        `# closed by the ${entry.by} (${entry.how})`,
      ]
    default:
      return []
  }
}
