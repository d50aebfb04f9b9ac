/** The client: one session of RFC 1939, command by command. */
import {
  Capabilities,
  type DropListing,
  parseDropListing,
  parseScanListing,
  parseUniqueIdListing,
  type ReplyStatus,
  type ScanListing,
  type UniqueIdListing,
} from '@pop3kit/codec'
import { readCapabilities } from './capabilities.ts'
import { dial } from './dial.ts'
import { Pop3ClosedError, Pop3ReplyError, Pop3TimeoutError, type Pop3Verb } from './errors.ts'
import { bodyLines, exchange, vitalExchange, wholeBody } from './exchange.ts'
import { handled, handledIteration } from './handled.ts'
import { parseRow, parseRows, type RowParser } from './listings.ts'
import type { Pop3Auth } from './login/auth.ts'
import { languageRequest, parseLanguage, type Pop3Language } from './languages.ts'
import { messages, type Pop3Message, type Pop3MessagesOptions } from './messages.ts'
import type { Pop3CallOptions, Pop3ClientOptions, Pop3ConnectOptions, Pop3UrlOptions } from './options.ts'
import { messageRequest, request } from './request.ts'
import { Session } from './session.ts'
import { defaultTimeout, parseTimeout } from './timeout.ts'
import { byUrl } from './url.ts'

/**
 * A session with a POP3 server.
 *
 * Commands called at once are sent in the order of the calls: together when the server has announced PIPELINING, else
 * each behind the reply to the one before. Every call settles: with its result, with an error that says what happened, or
 * with the reason of its signal. A reply that was cut short is an error, never a result. A call that nobody awaits makes no
 * unhandled rejection.
 *
 * After a time-out, an abort of what was sent, a reply that is none, octets that answer no command, or a line beyond the
 * limit, the two sides are out of step. The connection is dropped: that call rejects with its own error, all others with
 * {@link Pop3ClosedError} whose `cause` it is. `-ERR` and a wrong row in a listing leave the connection as it is.
 *
 * @example Fetch what is new, and delete it
 * ```ts
 * import assert from 'node:assert/strict'
 * import { duplexPair } from 'node:stream'
 * import { Pop3Client } from '@pop3kit/client'
 *
 * const [transport, server] = duplexPair()
 * const replies = ['UIDL\r\n.\r\n', '', '', '1 uid-1\r\n2 uid-2\r\n.\r\n', 'Subject: two\r\n\r\n..\r\n.\r\n', '', '']
 * server.write('+OK ready\r\n')
 * server.on('data', () => server.write(`+OK\r\n${replies.shift()}`))
 *
 * const client = await Pop3Client.connect({ transport, auth: { user: 'alice', pass: 'wonderland' } })
 * const store = new Map<string, Uint8Array>()
 * for await (const message of client.messages({ skip: ['uid-1'] })) {
 *   store.set(message.uidl, await message.bytes())
 *   message.markDeleted()
 * }
 * await client.quit()
 * assert.equal(Buffer.from(store.get('uid-2') ?? []).toString(), 'Subject: two\r\n\r\n.\r\n')
 * ```
 */
export class Pop3Client {
  readonly #session: Session
  /** Messages that are marked as deleted and whose DELE has not gone out. */
  readonly #marked = new Set<number>()

  /**
   * Connects, with TLS if that is wanted, reads the greeting, and logs in when `auth` is given; all of it is one call with
   * one time limit. When a server is asked with CAPA what it can do, and closes or does not answer in half of that time
   * (M51), the client connects once more and does not ask.
   *
   * @returns the client, in the TRANSACTION state when `auth` is given
   * @throws {@link Pop3ReplyError} when the greeting, STLS or the login is refused. {@link Pop3ClosedError} when there is no
   * connection; its `cause` says why, for example `ECONNREFUSED`. {@link Pop3TlsError} when the certificate is not to be
   * trusted, or the server speaks no TLS. {@link Pop3TimeoutError}, {@link Pop3ProtocolError},
   * {@link Pop3ArgumentError}. The connection is closed then.
   *
   * @example Connect and log in
   * ```ts
   * import assert from 'node:assert/strict'
   * import { createServer, type AddressInfo } from 'node:net'
   * import { Pop3Client } from '@pop3kit/client'
   *
   * const server = createServer((socket) => {
   *   socket.write('+OK ready\r\n')
   *   socket.on('data', (line) => socket.write(String(line) === 'CAPA\r\n' ? '-ERR\r\n' : '+OK 2 320\r\n'))
   * })
   * await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
   * const { port } = server.address() as AddressInfo
   *
   * const auth = { user: 'alice', pass: 'wonderland' }
   * const client = await Pop3Client.connect({ host: '127.0.0.1', port, auth, timeout: '5s' })
   * assert.equal(client.greeting?.text, 'ready')
   * assert.deepEqual(await client.stat(), { messages: 2, octets: 320 })
   * await client.quit()
   * server.close()
   * ```
   *
   * @example Connect by a URL
   * ```ts
   * import assert from 'node:assert/strict'
   * import { duplexPair } from 'node:stream'
   * import { Pop3Client } from '@pop3kit/client'
   *
   * const [transport, server] = duplexPair()
   * const lines: string[] = []
   * server.write('+OK ready <1896.697170952@dbc.mtview.ca.us>\r\n')
   * server.on('data', (line) => {
   *   lines.push(String(line))
   *   server.write('+OK\r\n')
   * })
   *
   * const url = 'pop://mrose;AUTH=+APOP@dbc.mtview.ca.us'
   * const client = await Pop3Client.connect({ url, transport, auth: { pass: 'tanstaaf' } })
   * assert.deepEqual(lines, ['APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n'])
   * await client.close()
   * ```
   */
  static connect(options: Pop3ConnectOptions | Pop3UrlOptions): Promise<Pop3Client> {
    return handled(Pop3Client.#connect(options))
  }

  static async #connect(choice: Pop3ConnectOptions | Pop3UrlOptions): Promise<Pop3Client> {
    const options = 'url' in choice ? byUrl(choice) : choice
    options.signal?.throwIfAborted()
    const limit = parseTimeout(options.timeout ?? defaultTimeout)
    const begun = performance.now()
    if (!canDoWithoutCapa(options)) return Pop3Client.#attempt(options, limit)
    try {
      return await Pop3Client.#attempt(options, limit, { patience: limit / 2 })
    } catch (error) {
      const left = limit - (performance.now() - begun)
      if (left <= 0 || !isLostOverCapa(error)) throw error
      return Pop3Client.#attempt(options, left, { announced: new Capabilities() })
    }
  }

  /** One connection. What the server announces is not asked for if it is given. */
  static async #attempt(
    options: Pop3ConnectOptions,
    timeout: number,
    { announced, patience }: { readonly announced?: Capabilities; readonly patience?: number } = {},
  ): Promise<Pop3Client> {
    const { auth } = options
    const client = new Pop3Client({ ...options, transport: dial(options) })
    if (announced) client.#session.announced(announced)
    try {
      await client.#session.call('connect', { timeout }, async (greeting, turn) => {
        if (auth) await client.#session.login(auth, greeting, turn, patience)
      })
      return client
    } catch (error) {
      await client.close()
      throw error
    }
  }

  /**
   * Talks over a transport. Nothing is read before the first call, which awaits the greeting.
   *
   * @throws {@link Pop3ArgumentError} when the time limit is none.
   */
  constructor(options: Pop3ClientOptions) {
    this.#session = new Session(options)
  }

  /** What the server greeted with; `undefined` before the first call of a client that was made with `new`. */
  get greeting(): ReplyStatus | undefined {
    return this.#session.connection.greeting
  }

  /**
   * Logs in, by the mechanism that is named or by the best that the server offers: with AUTH (RFC 5034), APOP, or USER and
   * PASS (RFC 1939 section 7).
   *
   * @throws {@link Pop3ReplyError} when the server refuses; another try on the same connection is possible then.
   * {@link Pop3ArgumentError} when there is no way to log in: the server offers none, the password would go over a network
   * in clear, or it holds a CR, LF or NUL. {@link Pop3ProtocolError} when the server sends a challenge that makes no
   * sense. No error holds the password or the token.
   *
   * @example Log in with an access token
   * ```ts
   * import assert from 'node:assert/strict'
   * import { duplexPair } from 'node:stream'
   * import { Pop3Client } from '@pop3kit/client'
   *
   * const [transport, server] = duplexPair()
   * const replies = ['+OK\r\nSASL PLAIN XOAUTH2\r\n.\r\n', '+ \r\n', '+OK welcome\r\n']
   * const lines: string[] = []
   * server.write('+OK ready\r\n')
   * server.on('data', (line) => {
   *   lines.push(String(line))
   *   server.write(String(replies.shift()))
   * })
   *
   * const client = new Pop3Client({ transport })
   * await client.login({ user: 'alice@example.com', accessToken: 'ya29.vF9dft4qmT' })
   * assert.deepEqual(lines.slice(0, 2), ['CAPA\r\n', 'AUTH XOAUTH2\r\n'])
   * await client.close()
   * ```
   */
  login(auth: Pop3Auth, options?: Pop3CallOptions): Promise<void> {
    return handled(this.#session.call('login', options, (greeting, turn) => this.#session.login(auth, greeting, turn)))
  }

  /**
   * Lets messages and texts of the server be UTF-8 (UTF8, RFC 6856 section 2.1): to be called ahead of `login()`.
   *
   * @throws {@link Pop3ReplyError} when the server does not know UTF8, or knows it no longer, because somebody is logged in.
   */
  utf8(options?: Pop3CallOptions): Promise<void> {
    return this.#command('UTF8', [], options, () => {})
  }

  /**
   * The languages in which the server can write its texts (LANG, RFC 6856 section 3.2).
   *
   * @throws {@link Pop3ReplyError} when the server does not know LANG.
   */
  lang(options?: Pop3CallOptions): Promise<Pop3Language[]>
  /**
   * Has the server write its texts in a language (LANG with its tag); `*` leaves the choice to the server.
   *
   * @returns the language that it is now
   * @throws {@link Pop3ReplyError} when the server does not have it: it keeps the one before. {@link Pop3ArgumentError}
   * when the tag is none.
   *
   * @example Choose a language
   * ```ts
   * import assert from 'node:assert/strict'
   * import { duplexPair } from 'node:stream'
   * import { Pop3Client } from '@pop3kit/client'
   *
   * const [transport, server] = duplexPair()
   * server.write('+OK ready\r\n')
   * server.once('data', () => server.write('+OK es Idioma cambiado\r\n'))
   *
   * const client = new Pop3Client({ transport })
   * assert.deepEqual(await client.lang('es'), { tag: 'es', description: 'Idioma cambiado' })
   * await client.close()
   * ```
   */
  lang(tag: string, options?: Pop3CallOptions): Promise<Pop3Language>
  lang(first?: string | Pop3CallOptions, second?: Pop3CallOptions): Promise<Pop3Language | Pop3Language[]> {
    if (typeof first === 'string') {
      const read = ({ text, offset }: ReplyStatus): Pop3Language => parseLanguage(text, { offset })
      return handled(this.#session.command('LANG', () => languageRequest(first), second, read))
    }
    const { connection } = this.#session
    return this.#command('LANG', [], first, async () => parseRows(await bodyLines(connection), parseLanguage))
  }

  /**
   * What the server can do in this state (CAPA, RFC 2449 section 5). The client asks by itself ahead of a login whose
   * mechanism is not named, and once more behind it when several calls wait and PIPELINING was not announced yet.
   *
   * @throws {@link Pop3ReplyError} when the server does not know CAPA.
   */
  capa(options?: Pop3CallOptions): Promise<Capabilities> {
    const { connection } = this.#session
    return this.#command('CAPA', [], options, async () => this.#session.announced(await readCapabilities(connection)))
  }

  /**
   * How many messages there are, and their size in octets (STAT, RFC 1939 section 5).
   *
   * @throws {@link Pop3ProtocolError} when the reply does not say so; the connection goes on.
   */
  stat(options?: Pop3CallOptions): Promise<DropListing> {
    return this.#command('STAT', [], options, ({ text, offset }) => parseDropListing(text, { lenient: true, offset }))
  }

  /**
   * The number and size in octets of every message (LIST, RFC 1939 section 5). Sizes are what the server says: those of
   * real ones are often wrong by a little (M21).
   *
   * @throws {@link Pop3ProtocolError} when a row is not one; the connection goes on.
   */
  list(options?: Pop3CallOptions): Promise<ScanListing[]>
  /**
   * The size in octets of one message (LIST with its number).
   *
   * @throws {@link Pop3ReplyError} when there is no such message. {@link Pop3ProtocolError} when the reply does not say
   * so; the connection goes on.
   */
  list(number: number, options?: Pop3CallOptions): Promise<ScanListing>
  list(first?: number | Pop3CallOptions, second?: Pop3CallOptions): Promise<ScanListing | ScanListing[]> {
    return this.#listing('LIST', parseScanListing, first, second)
  }

  /**
   * The number and unique-id of every message (UIDL, RFC 1939 section 7). Two messages may share one (R37).
   *
   * @throws {@link Pop3ReplyError} when the server does not know UIDL. {@link Pop3ProtocolError} when a row is not one;
   * the connection goes on.
   */
  uidl(options?: Pop3CallOptions): Promise<UniqueIdListing[]>
  /**
   * The unique-id of one message (UIDL with its number).
   *
   * @throws {@link Pop3ReplyError} when there is no such message, or the server does not know UIDL.
   * {@link Pop3ProtocolError} when the reply does not say so; the connection goes on.
   */
  uidl(number: number, options?: Pop3CallOptions): Promise<UniqueIdListing>
  uidl(first?: number | Pop3CallOptions, second?: Pop3CallOptions): Promise<UniqueIdListing | UniqueIdListing[]> {
    return this.#listing('UIDL', parseUniqueIdListing, first, second)
  }

  /**
   * A whole message (RETR, RFC 1939 section 5): its octets as they are, dot-stuffing undone.
   *
   * @throws {@link Pop3ReplyError} when there is no such message. {@link Pop3ClosedError} when it was cut; `received` says
   * how many octets of it had come.
   */
  retr(number: number, options?: Pop3CallOptions): Promise<Uint8Array> {
    return this.#command('RETR', [number], options, () => wholeBody(this.#session.connection))
  }

  /**
   * A message as it comes (RETR), in bounded memory: the server has to wait for the loop. RETR is sent when the loop
   * begins. Leaving the loop early drops the connection, because the rest of the message is still on its way. A message
   * is complete when the loop has ended without an error.
   *
   * @throws what `retr()` throws, from the loop.
   *
   * @example Count the octets of a large message
   * ```ts
   * import assert from 'node:assert/strict'
   * import { duplexPair } from 'node:stream'
   * import { Pop3Client } from '@pop3kit/client'
   *
   * const [transport, server] = duplexPair()
   * server.write('+OK ready\r\n')
   * server.once('data', () => server.write(`+OK\r\n${'line\r\n'.repeat(10_000)}.\r\n`))
   *
   * const client = new Pop3Client({ transport })
   * let octets = 0
   * for await (const chunk of client.retrStream(1)) octets += chunk.length
   * assert.equal(octets, 60_000)
   * await client.close()
   * ```
   */
  retrStream(number: number, options?: Pop3CallOptions): AsyncIterable<Uint8Array> {
    return handledIteration(this.#session.retrieve(number, options))
  }

  /**
   * The header of a message, the blank line, and the first lines of its body (TOP, RFC 1939 section 7), as `retr()` gives
   * them.
   *
   * @throws {@link Pop3ReplyError} when there is no such message, or the server does not know TOP.
   */
  top(number: number, lines: number, options?: Pop3CallOptions): Promise<Uint8Array> {
    return this.#command('TOP', [number, lines], options, () => wholeBody(this.#session.connection))
  }

  /**
   * The messages of the maildrop, one after another, but for those whose unique-ids are known. A message that the loop
   * marks as deleted gets its DELE when the loop moves on, ends or is left.
   *
   * @throws what `uidl()` and `dele()` throw, from the loop.
   */
  messages(options: Pop3MessagesOptions = {}): AsyncIterable<Pop3Message> {
    return handledIteration(
      messages(this, options, {
        mark: (number) => void this.#marked.add(number),
        deleteMarked: async (options) => {
          await this.#deleteMarked((number) => this.dele(number, options))
        },
      }),
    )
  }

  /**
   * Marks a message as deleted (DELE, RFC 1939 section 5). It is deleted by `quit()`, and only by that.
   *
   * @throws {@link Pop3ReplyError} when there is no such message.
   */
  dele(number: number, options?: Pop3CallOptions): Promise<void> {
    return this.#command('DELE', [number], options, () => {})
  }

  /** Does nothing, but the server hears of it and does not grow tired (NOOP, RFC 1939 section 5). */
  noop(options?: Pop3CallOptions): Promise<void> {
    return this.#command('NOOP', [], options, () => {})
  }

  /** Unmarks all messages that are marked as deleted (RSET, RFC 1939 section 5), those of `markDeleted()` among them. */
  rset(options?: Pop3CallOptions): Promise<void> {
    return this.#command('RSET', [], options, () => this.#marked.clear())
  }

  /**
   * Ends the session, and with it deletes what is marked (QUIT, RFC 1939 section 6). Resolves when the server has
   * acknowledged that; the connection is closed then.
   *
   * @throws {@link Pop3ReplyError} when the server could not delete everything, or refuses a DELE that had still to go
   * out; in that case the session goes on. {@link Pop3ClosedError} when it closed without an answer: whether anything was
   * deleted is not known then.
   */
  quit(options?: Pop3CallOptions): Promise<void> {
    const { connection } = this.#session
    const quit = async (): Promise<void> => {
      await this.#deleteMarked((number) => exchange(connection, messageRequest('DELE', number)))
      await vitalExchange(connection, request('QUIT'))
      connection.hangUp()
    }
    return handled(this.#session.call('QUIT', options, quit))
  }

  /**
   * Drops the connection: nothing is deleted (R39). Calls that are under way reject with {@link Pop3ClosedError}. May be
   * called at any time and any number of times, and never rejects.
   */
  close(): Promise<void> {
    this.#session.connection.drop('close() was called')
    return Promise.resolve()
  }

  /** The same as `close()`, at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #command<T>(
    verb: Pop3Verb,
    args: readonly [number?, number?],
    options: Pop3CallOptions | undefined,
    read: (reply: ReplyStatus) => T | Promise<T>,
  ): Promise<T> {
    return handled(this.#session.command(verb, () => messageRequest(verb, ...args), options, read))
  }

  #listing<Row extends { readonly number: number }>(
    verb: Pop3Verb,
    parse: RowParser<Row>,
    first: number | Pop3CallOptions | undefined,
    second: Pop3CallOptions | undefined,
  ): Promise<Row | Row[]> {
    if (typeof first === 'object' || first === undefined) {
      return this.#command(verb, [], first, async () => parseRows(await bodyLines(this.#session.connection), parse))
    }
    return this.#command<Row>(verb, [first], second, (reply) => parseRow(reply, first, parse))
  }

  /** Sends a DELE for each message that is marked; one that is refused is not tried again, one that did not go out is. */
  async #deleteMarked(dele: (number: number) => Promise<unknown>): Promise<void> {
    for (const number of this.#marked) {
      this.#marked.delete(number)
      try {
        await dele(number)
      } catch (error) {
        if (!(error instanceof Pop3ReplyError)) this.#marked.add(number)
        throw error
      }
    }
  }
}

/** M51: some servers close when they are asked what they can do, and some never answer. */
function isLostOverCapa(error: unknown): boolean {
  return (error instanceof Pop3ClosedError || error instanceof Pop3TimeoutError) && error.phase === 'CAPA'
}

/** Whether another connection can be made, and a password be tried on it that nothing needs to be announced for. */
function canDoWithoutCapa({ transport, auth }: Pop3ConnectOptions): boolean {
  return transport === undefined && auth !== undefined && 'pass' in auth
}
