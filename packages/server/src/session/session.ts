/** The session machine: AUTHORIZATION, TRANSACTION, UPDATE (RFC 1939 section 3) over a snapshot of a maildrop. */
import { parseResponseCode } from '@pop3kit/codec'
import type { Maildrop } from '../maildrop/maildrop.ts'
import type { Message } from '../maildrop/message.ts'
import { type NumberedMessage, Snapshot } from '../maildrop/snapshot.ts'
import type { Persona, PersonaTexts } from '../personas/persona.ts'
import { type Reply, type ReplyOptions, reply } from '../reply/reply.ts'

/** Where a session is. `UPDATE` is over as soon as it is answered (RFC 1939 section 6). */
export type SessionState = 'AUTHORIZATION' | 'TRANSACTION' | 'UPDATE'

/** What a session needs of the server around it. */
export interface SessionEnvironment {
  readonly persona: Persona
  /** The maildrop of a user, if there is one. */
  readonly maildrop: (user: string) => Maildrop | undefined
  /** The APOP timestamp of this session's greeting, if APOP is offered (R20). */
  readonly timestamp: string | undefined
  /** Told when UPDATE has removed messages. */
  readonly onUpdate: (maildrop: Maildrop, removed: readonly Message[]) => void
}

/** What is known of a login. */
interface Transaction {
  readonly maildrop: Maildrop
  readonly snapshot: Snapshot
}

type Values = Readonly<Record<string, string | number>>

/** One session, without its connection. */
export class Session {
  readonly persona: Persona
  readonly timestamp: string | undefined
  /** The name that USER gave, until PASS takes it. */
  claimedUser: string | undefined
  readonly #environment: SessionEnvironment
  #state: SessionState = 'AUTHORIZATION'
  #transaction: Transaction | undefined

  constructor(environment: SessionEnvironment) {
    this.#environment = environment
    this.persona = environment.persona
    this.timestamp = environment.timestamp
  }

  get state(): SessionState {
    return this.#state
  }

  /** Whether QUIT has ended it. */
  get over(): boolean {
    return this.#state === 'UPDATE'
  }

  /** Who is logged in, or before that whom USER named. */
  get user(): string | undefined {
    return this.#transaction?.maildrop.user ?? this.claimedUser
  }

  /** The maildrop it is logged in to. */
  get maildrop(): Maildrop | undefined {
    return this.#transaction?.maildrop
  }

  /** The messages it works on, from the login on. Commands of the TRANSACTION state only run when there is one. */
  get snapshot(): Snapshot {
    if (this.#transaction === undefined) throw new Error('A session has no snapshot before its login')
    return this.#transaction.snapshot
  }

  /** The one line that the server speaks first (R1). */
  greeting(): Reply {
    return this.ok('greeting', { timestamp: this.timestamp ?? '' })
  }

  /** The maildrop of a user. */
  maildropOf(user: string): Maildrop | undefined {
    return this.#environment.maildrop(user)
  }

  /** Locks the maildrop and enters TRANSACTION (R16, R17). */
  async enter(maildrop: Maildrop): Promise<Reply> {
    const { lock, size } = this.persona.policies
    if (lock === 'exclusive' && !maildrop.acquire(this)) return this.err('login.locked')
    try {
      this.#transaction = { maildrop, snapshot: await Snapshot.of(maildrop, size) }
    } catch (error) {
      maildrop.release(this)
      throw error
    }
    this.#state = 'TRANSACTION'
    return this.ok('login.ok', this.totals())
  }

  /** Ends it with QUIT: out of TRANSACTION the marked messages are removed (R38), out of AUTHORIZATION nothing is (R24). */
  quit(): Reply {
    const before = this.#transaction
    this.#state = 'UPDATE'
    if (before === undefined) return this.ok('quit.beforeLogin')
    const { maildrop, snapshot } = before
    this.#environment.onUpdate(maildrop, maildrop.remove(snapshot.marked))
    this.release()
    return this.ok('quit.ok', this.totals())
  }

  /** Gives the maildrop back. Without QUIT before it nothing is removed (R39). */
  release(): void {
    this.#transaction?.maildrop.release(this)
  }

  /** Does something with a message, or refuses because there is none with this number (R28, R31, R32). */
  withMessage(number: number, use: (entry: NumberedMessage) => Reply): Reply {
    const entry = this.snapshot.find(number)
    if (entry === 'none') return this.err('message.none', { number, messages: this.snapshot.count })
    return entry === 'deleted' ? this.err('message.deleted', { number }) : use(entry)
  }

  /** Does something with the content of a message, which may be gone by now. */
  withContent(number: number, use: (entry: NumberedMessage) => Reply): Reply {
    return this.withMessage(number, (entry) =>
      this.maildrop?.has(entry.message) ? use(entry) : this.err('message.gone', { number }),
    )
  }

  /** The count and the octets of the messages that are not marked deleted (R26). */
  totals(): { messages: number; octets: number } {
    const remaining = this.snapshot.remaining
    return { messages: remaining.length, octets: remaining.reduce((sum, { octets }) => sum + octets, 0) }
  }

  /** A positive reply in the persona's words. */
  ok(text: keyof PersonaTexts, values: Values = {}, options: ReplyOptions = {}): Reply {
    return reply.ok(fill(this.persona.texts[text], values), options)
  }

  /** A negative reply in the persona's words. */
  err(text: keyof PersonaTexts, values: Values = {}): Reply {
    const { code, text: words } = parseResponseCode(fill(this.persona.texts[text], values))
    return reply.err(words, { code })
  }
}

function fill(text: string, values: Values): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, word: string) => String(values[word] ?? '')).trimEnd()
}
