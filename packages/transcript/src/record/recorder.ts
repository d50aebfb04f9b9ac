/** Writes transcripts as sessions happen: for a proxy between a client and a server. */
import { TranscriptFormatter } from '../format.ts'
import { SessionRecorder } from './session-recorder.ts'

/** What is replaced besides secrets, by text of the same length: lines, dots, names of header fields and all sizes stay. */
export interface Redaction {
  /** Mail addresses, and what looks like one, wherever they stand in clear. @default {false} */
  readonly addresses?: boolean | undefined
  /** What is in messages: values of header fields, and everything behind the header. @default {false} */
  readonly bodies?: boolean | undefined
}

/** What a recorder is given. */
export interface TranscriptRecorderOptions {
  /** Takes text as it is known, whole lines at a time. */
  readonly write: (text: string) => void
  /** What is replaced besides secrets. */
  readonly redact?: Redaction | undefined
  /** The time in milliseconds, from whenever. @default {performance.now} */
  readonly now?: (() => number) | undefined
}

/**
 * Makes a transcript of sessions that pass by. Passwords, digests, tokens and lines of SASL exchanges are `***` in it.
 *
 * @example Record what passes
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText } from '@pop3kit/codec'
 * import { TranscriptRecorder } from '@pop3kit/transcript'
 *
 * let text = ''
 * const recorder = new TranscriptRecorder({ write: (lines) => (text += lines), now: () => 0 })
 * const session = recorder.open()
 * session.fromServer(encodeText('+OK ready\r\n'))
 * session.fromClient(encodeText('PASS wonder'))
 * session.fromClient(encodeText('land\r\n'))
 * session.ended('server', 'close')
 * assert.equal(text, '== session 1\nS: +OK ready\nC: PASS ***\n-- S closes\n')
 * ```
 */
export class TranscriptRecorder {
  readonly #options: TranscriptRecorderOptions
  readonly #formatter = new TranscriptFormatter()
  #sessions = 0

  /** A recorder that has written nothing. */
  constructor(options: TranscriptRecorderOptions) {
    this.#options = options
  }

  /** Begins another session; several may be open. */
  open(): SessionRecorder {
    this.#sessions += 1
    const session = this.#sessions
    const { write, redact = {}, now = () => performance.now() } = this.#options
    write(this.#formatter.open(session))
    return new SessionRecorder({ redact, now, tell: (event) => write(this.#formatter.format(session, event)) })
  }
}
