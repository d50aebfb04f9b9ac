/** The record of one session: what was said, in which pieces, and what was done to it. */
import type { RetrievedMessage } from '../reply/delivery.ts'
import { type Command, decodeText } from '@pop3kit/codec'
import type { SessionState } from '../session/session.ts'
import { Discretion } from './discretion.ts'
import type { Entry, EntryDetails, EntryOf, EntryPlace } from './entry.ts'
import type { Secrets } from './secrets.ts'
import { transcriptOf } from './transcript.ts'

const none = new Uint8Array()

/** A session of the server, open or over. */
export class SessionRecord {
  /** Its number on this server, from 1. */
  readonly id: number
  readonly #entries: Entry[] = []
  readonly #now: () => number
  readonly #tell: (entry: Entry) => void
  readonly #live: () => { state: SessionState; user: string | undefined }
  readonly #keptOctets: number
  readonly #discretion: Discretion
  #kept = 0

  constructor(
    id: number,
    environment: {
      readonly now: () => number
      readonly tell: (entry: Entry) => void
      readonly live: () => { state: SessionState; user: string | undefined }
      /** The octets of each reply that are kept. */
      readonly keptOctets: number
      /** What is not to be shown. */
      readonly secrets: Secrets
    },
  ) {
    this.id = id
    this.#now = environment.now
    this.#tell = environment.tell
    this.#live = environment.live
    this.#keptOctets = environment.keptOctets
    this.#discretion = new Discretion(environment.secrets)
  }

  /** Everything recorded, in order. */
  get entries(): readonly Entry[] {
    return this.#entries
  }

  /** The state it is in, or was in at its end. */
  get state(): SessionState {
    return this.#live().state
  }

  /** Who is or was logged in, or was named by USER. */
  get user(): string | undefined {
    return this.#live().user
  }

  /** Whether its connection is open. */
  get open(): boolean {
    return !this.#entries.some(({ type }) => type === 'close')
  }

  /** The command lines as they were typed, passwords and digests as `***`. */
  get commands(): readonly string[] {
    return this.#entries.flatMap((entry) => (entry.type === 'command' ? [entry.line] : []))
  }

  /** The messages that went out whole, in the order of their RETR; one that was retrieved twice is in it twice. */
  get retrieved(): readonly RetrievedMessage[] {
    return this.#entries.flatMap((entry) =>
      entry.type === 'retrieved' ? [{ number: entry.number, uid: entry.uid }] : [],
    )
  }

  /** The unique-ids of the messages that its QUIT removed for good. */
  get removed(): readonly string[] {
    return this.#entries.flatMap((entry) => (entry.type === 'update' ? entry.removed : []))
  }

  /**
   * What was said, a line each: `S:` the server's, `C:` the client's, `--` where one piece of the server's ends and another follows, `#` what
   * else happened: handlers that were asked, faults that took effect, waits. A backslash at the end of a line says that the piece ends before
   * the line does. Passwords, digests and tokens are `***`; of a long reply the first octets are shown, as many as {@link ServerLimits.recordedOctets} says.
   */
  transcript(): string {
    return transcriptOf(this.#entries)
  }

  /** Adds an entry and tells it. */
  add(details: EntryDetails): void {
    const entry: Entry = { ...details, session: this.id, at: this.#now() }
    if (entry.type === 'command') this.#kept = 0
    this.#entries.push(entry)
    try {
      this.#tell(entry)
    } catch (error) {
      // A listener of the user's threw: it must not end the session, and close() tells of it.
      this.#entries.push({ type: 'error', error, session: this.id, at: this.#now() })
    }
  }

  /** Adds a command without its secrets. */
  command(command: Command): void {
    const line = this.#discretion.command(command)
    const verb = line === decodeText(command.octets) ? command.verb : (/^\s*(\S*)/.exec(line)?.[1] ?? '').toUpperCase()
    this.add({ type: 'command', verb, line })
  }

  /** Adds a line of a SASL exchange, which is a secret, or gives the exchange up. */
  response(octets: Uint8Array): void {
    this.add({ type: 'response', line: decodeText(octets) === '*' ? '*' : '***' })
  }

  /** Adds the end, with what has come of a line, without its secrets. */
  close(details: Omit<EntryOf<'close'>, keyof EntryPlace | 'type' | 'unfinished'>, line: Uint8Array): void {
    const unfinished = line.length === 0 ? undefined : this.#discretion.line(line)
    this.add({ ...details, type: 'close', unfinished })
  }

  /** Adds a piece that was sent, or as much of it as is kept. */
  sent(octets: Uint8Array): void {
    const room = Math.max(0, this.#keptOctets - this.#kept)
    this.#kept += octets.length
    // An empty view would hold all that it is a view of.
    const kept = room === 0 ? none : this.#discretion.repeated(octets.subarray(0, room))
    this.add({ type: 'sent', count: octets.length, octets: kept })
  }
}
