/** Text to a transcript. docs/transcripts.md has the grammar. */
import { concatOctets } from '@pop3kit/codec'
import { endings, letters } from './format.ts'
import { parseLine } from './line-text.ts'
import { TranscriptError } from './transcript-error.ts'
import type { Transcript, TranscriptEvent } from './transcript.ts'

/** How a text is read. */
export interface ParseOptions {
  /** The file that errors name. */
  readonly file?: string | undefined
}

const expected = {
  line: 'a line that begins with "S:", "C:", "--", "==" or "#"',
  blank: 'a blank behind the colon',
  escape: '\\\\, \\r, \\n, \\xHH, or a backslash at the end of the line where no CRLF follows',
  header: '"== session" and a number from 1',
  event:
    '"--" alone, or with "250 ms", "TLS", "C closes", "C resets", "S closes", "S resets" or "100 octets omitted" behind it',
}

/** Reads one line after the other. */
class Parser {
  readonly #file: string | undefined
  readonly #sessions = new Map<number, TranscriptEvent[]>()
  #events: TranscriptEvent[] | undefined
  /** The lines of the server that belong to one piece. */
  #piece: Uint8Array[] = []
  #line = 0

  constructor(file: string | undefined) {
    this.#file = file
  }

  parse(text: string): Transcript {
    for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
      this.#line += 1
      this.#read(line)
    }
    this.#endPiece()
    return { sessions: [...this.#sessions.values()].map((events) => ({ events })) }
  }

  #read(line: string): void {
    if (line.trim() === '' || line.startsWith('#')) return
    if (line.startsWith('==')) this.#open(line)
    else if (line.startsWith('--')) this.#happen(line)
    else if (line.startsWith('S:')) this.#piece.push(this.#said(line))
    else if (line.startsWith('C:')) this.#add({ type: 'command', octets: this.#said(line) })
    else throw this.#error(0, `there is "${line.slice(0, 20)}"`, expected.line)
  }

  #open(line: string): void {
    const number = Number(/^== session ([1-9]\d*)\s*$/.exec(line)?.[1])
    if (!Number.isSafeInteger(number)) throw this.#error(0, `there is "${line}"`, expected.header)
    this.#endPiece()
    this.#enter(number)
  }

  #enter(session: number): TranscriptEvent[] {
    const events = this.#sessions.get(session) ?? []
    this.#sessions.set(session, events)
    this.#events = events
    return events
  }

  #said(line: string): Uint8Array {
    if (line.length > 2 && line[2] !== ' ') throw this.#error(2, `there is "${line[2]}"`, expected.blank)
    const octets = parseLine(line.slice(3))
    if (octets instanceof Uint8Array) return octets
    throw this.#error(3 + octets.column, 'the escape is none', expected.escape)
  }

  #happen(line: string): void {
    const text = line.slice(2).trim()
    if (text === '') {
      this.#endPiece()
      return
    }
    const event = line[2] === ' ' ? eventOf(text) : undefined
    if (event === undefined) throw this.#error(2, `there is "${line}"`, expected.event)
    this.#add(event)
  }

  #add(event: TranscriptEvent): void {
    this.#endPiece()
    this.#current().push(event)
  }

  #endPiece(): void {
    if (this.#piece.length > 0) this.#current().push({ type: 'reply', octets: concatOctets(this.#piece) })
    this.#piece = []
  }

  /** Where what is read belongs; without a header before it that is the first session. */
  #current(): TranscriptEvent[] {
    return this.#events ?? this.#enter(1)
  }

  #error(column: number, problem: string, what: string): TranscriptError {
    return new TranscriptError({ file: this.#file, line: this.#line, column: column + 1, problem, expected: what })
  }
}

function eventOf(text: string): TranscriptEvent | undefined {
  const [, number, unit] = /^(\d+) (ms|octets omitted)$/.exec(text) ?? []
  if (unit === 'ms') return { type: 'pause', ms: Number(number) }
  if (unit !== undefined) return { type: 'omitted', octets: Number(number) }
  if (text === 'TLS') return { type: 'tls' }
  for (const by of ['client', 'server'] as const) {
    for (const how of ['close', 'reset'] as const) {
      if (text === `${letters[by]} ${endings[how]}`) return { type: 'end', by, how }
    }
  }
  return undefined
}

/**
 * Reads a transcript: recorded, or written by hand.
 *
 * @throws {TranscriptError} When the text is none; it says in which line and column, and what was expected.
 *
 * @example Read a session that was written by hand
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText } from '@pop3kit/codec'
 * import { parseTranscript } from '@pop3kit/transcript'
 *
 * const { sessions } = parseTranscript(`
 * S: +OK ready
 * C: QUIT
 * -- 250 ms
 * S: +OK by\\
 * --
 * S: e
 * -- S closes
 * `)
 * const pieces = sessions[0]?.events.map((event) => (event.type === 'reply' ? decodeText(event.octets) : event.type))
 * assert.deepEqual(pieces, ['+OK ready\r\n', 'command', 'pause', '+OK by', 'e\r\n', 'end'])
 * ```
 */
export function parseTranscript(text: string, { file }: ParseOptions = {}): Transcript {
  return new Parser(file).parse(text)
}
