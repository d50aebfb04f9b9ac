/** Transcripts as text: `S: ` the server, `C: ` the client, `--` what else happened. docs/transcripts.md has the grammar. */
import type { SessionRecord } from '@pop3kit/server'
import { formatLine, linesOf } from './line-text.ts'
import { transcriptOf } from './from-sessions.ts'
import type { Party, Transcript, TranscriptEvent } from './transcript.ts'

/** How the parties are written. */
export const letters: Readonly<Record<Party, string>> = { client: 'C', server: 'S' }

/** How an end is written. */
export const endings: Readonly<Record<'close' | 'reset', string>> = { close: 'closes', reset: 'resets' }

/**
 * Turns the events of sessions into text as they happen. Sessions may be mixed: wherever another one goes on, a header says which.
 *
 * @example Write a transcript as it happens
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText } from '@pop3kit/codec'
 * import { TranscriptFormatter } from '@pop3kit/transcript'
 *
 * const formatter = new TranscriptFormatter()
 * assert.equal(formatter.format(1, { type: 'reply', octets: encodeText('+OK\r\n') }), '== session 1\nS: +OK\n')
 * assert.equal(formatter.format(1, { type: 'end', by: 'server', how: 'close' }), '-- S closes\n')
 * ```
 */
export class TranscriptFormatter {
  #session: number | undefined
  /** The sessions in which the server spoke last: what it says now is another piece. */
  readonly #speaking = new Set<number>()

  /**
   * The lines of an event, each with its line end.
   *
   * @param session - the number of the session, from 1
   */
  format(session: number, event: TranscriptEvent): string {
    const border = this.#speaking.has(session) && event.type === 'reply' ? ['--'] : []
    if (event.type === 'reply') this.#speaking.add(session)
    else if (event.type !== 'note') this.#speaking.delete(session)
    return [...this.#header(session), ...border, ...written(event)].map((line) => `${line}\n`).join('')
  }

  /** The header of a session, when another one went before. */
  open(session: number): string {
    return this.#header(session)
      .map((line) => `${line}\n`)
      .join('')
  }

  #header(session: number): string[] {
    if (session === this.#session) return []
    const distance = this.#session === undefined ? [] : ['']
    this.#session = session
    return [...distance, `== session ${session}`]
  }
}

function written(event: TranscriptEvent): string[] {
  switch (event.type) {
    case 'reply':
      return linesOf(event.octets).map((line) => said('S:', line))
    case 'command':
      return [said('C:', event.octets)]
    case 'pause':
      return [`-- ${event.ms} ms`]
    case 'tls':
      return ['-- TLS']
    case 'omitted':
      return [`-- ${event.octets} octets omitted`]
    case 'note':
      return [`# ${event.text.replaceAll(/\s+/g, ' ')}`.trimEnd()]
    default:
      return [`-- ${letters[event.by]} ${endings[event.how]}`]
  }
}

const said = (who: string, line: Uint8Array): string => `${who} ${formatLine(line)}`.trimEnd()

/**
 * A transcript as text, or that of the sessions of a mock server, so that what a test saw can be kept.
 *
 * @example Keep what a test saw
 * ```ts
 * import assert from 'node:assert/strict'
 * import { Pop3Client } from '@pop3kit/client'
 * import { setupPop3Server } from '@pop3kit/server'
 * import { formatTranscript } from '@pop3kit/transcript'
 *
 * const server = setupPop3Server({ clock: 'virtual' })
 * const client = new Pop3Client({ transport: server.connect() })
 * await client.quit()
 * await server.close()
 *
 * assert.match(formatTranscript(server.sessions), /^== session 1\nS: \+OK POP3 server ready\nC: QUIT\nS: \+OK/)
 * ```
 */
export function formatTranscript(source: Transcript | readonly SessionRecord[]): string {
  const { sessions } = 'sessions' in source ? source : transcriptOf(source)
  const formatter = new TranscriptFormatter()
  return sessions
    .flatMap(({ events }, index) => [
      formatter.open(index + 1),
      ...events.map((event) => formatter.format(index + 1, event)),
    ])
    .join('')
}
