/** One session between a real client and a real server, as it is heard by somebody in the middle. */
import { concatOctets, decodeLatin1 } from '@pop3kit/codec'
import { shortestPause } from '../from-sessions.ts'
import type { Party, TranscriptEvent } from '../transcript.ts'
import { ClientLines } from './client-lines.ts'
import { mask, maskAddresses, maskField } from './mask.ts'
import type { Redaction } from './recorder.ts'
import { type LineKind, ServerLines } from './server-lines.ts'

const [LF, CR] = [0x0a, 0x0d]

/** Octets that may be replaced. Not `slice()`: that of Node's buffers gives the same octets, and those go on to the other side. */
const copyOf = (octets: Uint8Array): Uint8Array => new Uint8Array(octets)

/** What a session recorder is given. */
export interface SessionEnvironment {
  /** What is replaced besides secrets. */
  readonly redact: Redaction
  /** Milliseconds, from whenever. */
  readonly now: () => number
  /** Told of each event when it is known what may be shown of it. */
  readonly tell: (event: TranscriptEvent) => void
}

/** Makes events of what passes. Made by {@link TranscriptRecorder}. */
export class SessionRecorder {
  readonly #environment: SessionEnvironment
  readonly #client = new ClientLines()
  readonly #server = new ServerLines()
  /** Events that wait for the end of a line. */
  #events: TranscriptEvent[] = []
  /** What has come of a line of the server, piece by piece; what can be shown of it is known at its end. */
  #line: Uint8Array[] = []
  /** The event that the line began in. */
  #begun: TranscriptEvent | undefined
  /** What has come of a line of the client. */
  #typed: Uint8Array = new Uint8Array()
  #last: number | undefined

  /** Use {@link TranscriptRecorder.open}. */
  constructor(environment: SessionEnvironment) {
    this.#environment = environment
  }

  /** The client sent octets. */
  fromClient(octets: Uint8Array): void {
    this.#typed = concatOctets([this.#typed, copyOf(octets)])
    for (let end = this.#typed.indexOf(LF); end !== -1; end = this.#typed.indexOf(LF)) {
      this.#command(this.#typed.subarray(0, end + 1))
      this.#typed = this.#typed.subarray(end + 1)
    }
    this.#release()
  }

  /** The server sent octets, in one piece. */
  fromServer(octets: Uint8Array): void {
    const piece = copyOf(octets)
    const event: TranscriptEvent = { type: 'reply', octets: piece }
    this.#add(event)
    let start = 0
    for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, start)) {
      this.#line.push(piece.subarray(start, end + 1))
      this.#endLine()
      start = end + 1
    }
    if (start < piece.length) {
      if (this.#line.length === 0) this.#begun = event
      this.#line.push(piece.subarray(start))
    }
    this.#release()
  }

  /** Somebody closed the connection (FIN) or reset it (RST). */
  ended(by: Party, how: 'close' | 'reset'): void {
    this.finish()
    this.#add({ type: 'end', by, how })
    this.#release()
  }

  /** Nothing more comes: tells what is left, lines that were not ended included. */
  finish(): void {
    if (this.#line.length > 0) this.#endLine()
    if (this.#typed.length > 0) this.#command(this.#typed)
    this.#typed = new Uint8Array()
    this.#release()
  }

  #command(octets: Uint8Array): void {
    const end = octets.at(-1) === LF ? (octets.at(-2) === CR ? 2 : 1) : 0
    const shown = copyOf(this.#client.show(octets.subarray(0, octets.length - end)))
    this.#server.asked(decodeLatin1(shown))
    if (this.#environment.redact.addresses === true) maskAddresses(shown)
    this.#add({ type: 'command', octets: concatOctets([shown, octets.subarray(octets.length - end)]) })
  }

  #endLine(): void {
    const line = concatOctets(this.#line)
    const kind = this.#server.kindOf(line)
    if (kind === 'challenge') this.#client.challenged()
    else if (kind === 'status' || kind === 'other') this.#client.hide(line)
    this.#redact(line, kind)
    let at = 0
    for (const part of this.#line) {
      part.set(line.subarray(at, at + part.length))
      at += part.length
    }
    this.#line = []
    this.#begun = undefined
  }

  /** What nobody asked for may be a message behind a lone dot that was not stuffed. */
  #redact(line: Uint8Array, kind: LineKind): void {
    const { addresses, bodies } = this.#environment.redact
    if (bodies === true && kind === 'header') maskField(line)
    else if (bodies === true && (kind === 'text' || kind === 'other')) mask(line)
    else if (addresses === true && kind !== 'challenge') maskAddresses(line)
  }

  #add(event: TranscriptEvent): void {
    const now = this.#environment.now()
    const silence = Math.round(now - (this.#last ?? now))
    this.#last = now
    if (silence >= shortestPause) this.#events.push({ type: 'pause', ms: silence })
    this.#events.push(event)
  }

  #release(): void {
    const held = this.#begun === undefined ? -1 : this.#events.indexOf(this.#begun)
    for (const event of this.#events.splice(0, held === -1 ? Infinity : held)) this.#environment.tell(event)
  }
}
