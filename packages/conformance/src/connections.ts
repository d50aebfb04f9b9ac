/** Opens the connections of a check and closes each of them when the check is over. */
import { isResponseCode, parseApopTimestamp } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { ConnectionError, dial, handshake, type TlsSettings } from './dial.ts'
import { logIn, type LoginMethod } from './login.ts'
import type { Settings } from './options.ts'
import { fail } from './verdict.ts'
import { Conversation } from './wire/conversation.ts'
import type { RawReply } from './wire/reply.ts'
import type { Transcript } from './wire/transcript.ts'

/** A conversation in the AUTHORIZATION state, its greeting, and the APOP timestamp in that. */
export interface Greeted {
  readonly talk: Conversation
  readonly greeting: RawReply
  readonly timestamp: string | undefined
}

/** For how long a server is asked again that has not yet noticed the end of a session before, and how often (ms). */
const again = { until: 3000, every: 100 }

/** Where conversations begin. */
export class Connections {
  readonly #settings: Settings
  readonly #transcript: Transcript
  readonly #patience: () => number
  readonly #open: Conversation[] = []

  /** @param patience how long to wait for the next octet from now on (ms) */
  constructor(settings: Settings, transcript: Transcript, patience: () => number) {
    this.#settings = settings
    this.#transcript = transcript
    this.#patience = patience
  }

  /**
   * A connection on which nothing has been read; under TLS when the server is asked for it from the first octet on.
   *
   * @param below puts a stream in the place of the one that was opened, below TLS
   */
  async open(
    below: (stream: Duplex) => Duplex = (stream) => stream,
    tls?: Partial<TlsSettings>,
  ): Promise<Conversation> {
    const { mode } = this.#settings
    const carrier = below(await this.#dial())
    const stream = mode === 'implicit' ? await this.#handshake(carrier, tls) : carrier
    const talk = new Conversation(stream, { transcript: this.#transcript, patience: this.#patience, carrier })
    this.#open.push(talk)
    return talk
  }

  /**
   * A connection whose greeting has been read, in clear where that can be. A server that closes before it greets may still count
   * connections that have ended (Courier takes four of a host): it is asked again for some seconds.
   */
  async greeted(below?: (stream: Duplex) => Duplex, tls?: Partial<TlsSettings>): Promise<Greeted> {
    for (let waited = 0; ; waited += again.every) {
      const talk = await this.open(below, tls)
      try {
        const greeting = await talk.greeting()
        if (!greeting.ok) throw fail(`The greeting is "${greeting.line}"`)
        return { talk, greeting, timestamp: parseApopTimestamp(greeting.line) }
      } catch (error) {
        if (talk.ended === undefined || waited >= again.until) throw error
        await setTimeout(again.every)
      }
    }
  }

  /** A connection that is ready for a login: under TLS, if that is wanted. */
  async ready(): Promise<Greeted> {
    const greeted = await this.greeted()
    if (this.#settings.mode === 'starttls') await this.startTls(greeted.talk)
    return greeted
  }

  /** A connection under TLS, whichever way it comes by it. */
  async secure(below?: (stream: Duplex) => Duplex, tls?: Partial<TlsSettings>): Promise<Greeted> {
    const greeted = await this.greeted(below, tls)
    if (this.#settings.mode !== 'implicit') await this.startTls(greeted.talk, tls)
    return greeted
  }

  /** Says STLS and makes the handshake. */
  async startTls(talk: Conversation, tls?: Partial<TlsSettings>): Promise<void> {
    const answer = await talk.command('STLS')
    if (!answer.ok) throw fail(`STLS is refused: "${answer.line}"`)
    await this.upgrade(talk, tls)
  }

  /** Makes the handshake on a conversation that has agreed on it. */
  upgrade(talk: Conversation, tls: Partial<TlsSettings> = {}): Promise<void> {
    return talk.upgrade((stream) => this.#handshake(stream, tls))
  }

  /** A login, with the answer to it. Where the session before still has the maildrop, it is tried again for some seconds. */
  async entered(method: LoginMethod): Promise<{ readonly talk: Conversation; readonly answer: RawReply }> {
    for (let waited = 0; ; waited += again.every) {
      const { talk, timestamp } = await this.ready()
      const answer = await logIn(talk, method, this.#settings, timestamp)
      if (answer.ok || !isResponseCode(answer.code, 'IN-USE') || waited >= again.until) return { talk, answer }
      await talk.hangUp()
      await setTimeout(again.every)
    }
  }

  /** Closes all of them; none says QUIT, so that none leads to UPDATE. */
  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((talk) => talk.hangUp()))
  }

  async #dial(): Promise<Duplex> {
    const { connect, where } = this.#settings
    if (connect === undefined) return dial(where.host, where.port, this.#patience())
    try {
      return await connect()
    } catch (error) {
      throw new ConnectionError(error instanceof Error ? error.message : String(error), { cause: error })
    }
  }

  #handshake(stream: Duplex, tls: Partial<TlsSettings> = {}): Promise<Duplex> {
    return handshake(stream, { ...this.#settings.tlsSettings, ...tls }, this.#patience())
  }
}
