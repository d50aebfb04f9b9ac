/**
 * Records as text: `S:` the server, `C:` the client, `--` where two pieces of the server's meet, `#` what else happened. A backslash at the
 * end of a line says that the line goes on.
 */
import { decodeLatin1, decodeText, encodeLatin1 } from '@pop3kit/codec'
import type { Entry, EntryOf } from './entry.ts'

/** Turns the entries of a session into lines as they come. */
export class TranscriptWriter {
  #isSpeaking = false
  /** Octets that were sent and not kept. */
  #left = 0

  /** The lines that an entry adds. */
  lines(entry: Entry): string[] {
    if (entry.type === 'sent') return this.#sent(entry)
    const left = this.#left === 0 ? [] : [`# ${this.#left} octets more`]
    const lines = described(entry)
    if (lines.length > 0) this.#isSpeaking = false
    this.#left = 0
    return [...left, ...lines]
  }

  #sent({ octets, count }: EntryOf<'sent'>): string[] {
    const border = this.#isSpeaking && octets.length > 0 ? ['--'] : []
    this.#isSpeaking = true
    this.#left += count - octets.length
    const lines = decodeLatin1(octets).split(/\r?\n/)
    const last = lines.pop() ?? ''
    return [...border, ...lines.map(said), ...(last === '' ? [] : [`${said(last)}\\`])]
  }
}

const said = (line: string): string => `S: ${decodeText(encodeLatin1(line)).replaceAll('\r', String.raw`\r`)}`

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
    case 'handler':
      return [`# handler: ${entry.place}`]
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
      return `error: ${String(entry.error)}`.split('\n').map((line) => `# ${line}`)
    case 'close':
      return [
        ...(entry.unfinished === undefined ? [] : [`# never ended by the client: ${entry.unfinished}`]),
        `# ${entry.wire === 'reset' ? 'reset' : 'closed'} by the ${entry.by} (${entry.how})`,
      ]
    default:
      return []
  }
}
