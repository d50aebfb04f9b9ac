/** What a check works with: connections to the server, and what is known of it. */
import type { Capabilities, ScanListing } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import type { Connections, Greeted } from './connections.ts'
import { ConnectionError, type TlsSettings } from './dial.ts'
import { logIn } from './login.ts'
import type { KnownFacts, Settings } from './options.ts'
import type { Survey } from './survey.ts'
import { notTestable, Verdict } from './verdict.ts'
import type { Conversation } from './wire/conversation.ts'
import type { RawReply } from './wire/reply.ts'

/** A message of the maildrop: what LIST said of it in the beginning, and what the caller knows. */
export interface MessageFacts extends ScanListing {
  readonly known: KnownFacts | undefined
}

/** Messages that a check goes through where the caller knows nothing of them; a real maildrop may hold thousands. */
const sampled = { messages: 10, octets: 1_000_000 }

export class CheckContext {
  readonly settings: Settings
  readonly survey: Survey
  readonly #connections: Connections

  constructor(settings: Settings, survey: Survey, connections: Connections) {
    this.settings = settings
    this.survey = survey
    this.#connections = connections
  }

  /** The number of messages in the maildrop. */
  get count(): number {
    return this.survey.scan.length
  }

  /** A message-number that no message has. */
  get missing(): number {
    return Math.max(0, ...this.survey.scan.map(({ number }) => number)) + 1
  }

  /** The messages that a server must send to everybody: none that it may refuse without UTF8 (R91). */
  get ordinary(): readonly MessageFacts[] {
    const { known } = this.settings
    const { scan, international } = this.survey
    return scan
      .map((listing, index) => ({ ...listing, known: known?.[index] }))
      .filter(({ number }) => !international.includes(number))
  }

  /** The messages to go through: all that the caller knows, else some small ones. */
  get messages(): readonly MessageFacts[] {
    if (this.settings.known !== undefined) return this.ordinary
    const small = this.ordinary.filter(({ octets }) => octets <= sampled.octets)
    return small.toSorted((a, b) => a.octets - b.octets).slice(0, sampled.messages)
  }

  /** One message, the smallest. */
  get message(): MessageFacts {
    const [smallest] = this.messages.toSorted((a, b) => a.octets - b.octets)
    if (smallest === undefined) throw notTestable('The maildrop holds no message of less than a million octets')
    return smallest
  }

  /** What CAPA lists before the login, where logins happen. */
  get capabilities(): Capabilities | undefined {
    const { clear, tls } = this.survey.capabilities
    return this.settings.mode === 'none' ? clear : tls
  }

  /** A connection on which nothing has been read. */
  open(below?: (stream: Duplex) => Duplex): Promise<Conversation> {
    return this.#prepare(() => this.#connections.open(below))
  }

  /** A connection in the AUTHORIZATION state, ready for a login. */
  greet(): Promise<Conversation> {
    return this.#prepare(async () => (await this.#connections.ready()).talk)
  }

  /** The same with its greeting and the APOP timestamp in that. */
  greeted(): Promise<Greeted> {
    return this.#prepare(() => this.#connections.ready())
  }

  /** A connection in the AUTHORIZATION state that is not under TLS. */
  clear(): Promise<Conversation> {
    return this.#prepare(async () => (await this.#connections.greeted()).talk)
  }

  /** A connection in the AUTHORIZATION state under TLS. */
  secure(below?: (stream: Duplex) => Duplex, tls?: Partial<TlsSettings>): Promise<Conversation> {
    return this.#prepare(async () => (await this.#connections.secure(below, tls)).talk)
  }

  /** A connection where SASL lists a mechanism: in clear or under TLS. */
  forMechanism(name: string): Promise<Conversation> {
    return mechanismsOf(this.capabilities).includes(name) ? this.greet() : this.secure()
  }

  /** A connection in the TRANSACTION state. */
  login(): Promise<Conversation> {
    return this.#prepare(async () => {
      const { talk, answer } = await this.tryLogin()
      if (!answer.ok) throw notTestable(`The login is refused: "${answer.line}"`)
      return talk
    })
  }

  /** Tries to log in; the answer says whether that went well. */
  tryLogin(): Promise<{ readonly talk: Conversation; readonly answer: RawReply }> {
    return this.#connections.entered(this.survey.login)
  }

  /** Logs in on a connection that is in the AUTHORIZATION state, and gives the last answer. */
  logIn({ talk, timestamp }: Pick<Greeted, 'talk' | 'timestamp'>): Promise<RawReply> {
    return logIn(talk, this.survey.login, this.settings, timestamp)
  }

  /** Makes the handshake after the answer to STLS; gives the reason when it fails. */
  async handshake(talk: Conversation, tls?: Partial<TlsSettings>): Promise<ConnectionError | undefined> {
    try {
      await this.#connections.upgrade(talk, tls)
      return undefined
    } catch (error) {
      if (error instanceof ConnectionError) return error
      throw error
    }
  }

  /** Lets time pass. */
  async wait(ms: number): Promise<void> {
    await this.settings.wait?.(ms)
  }

  /** Does what has to be done before there is anything to check: when it fails, another check says so. */
  async #prepare<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step()
    } catch (error) {
      if (error instanceof ConnectionError || (error instanceof Verdict && error.outcome === 'fail')) {
        throw notTestable(`Cannot get that far: ${error.message}`)
      }
      throw error
    }
  }
}

/** The mechanisms that SASL lists, in upper case. */
export function mechanismsOf(capabilities: Capabilities | undefined): string[] {
  return (capabilities?.get('SASL') ?? []).map((name) => name.toUpperCase())
}
