/**
 * What a call of the client can fail with, besides the errors of the codec: a refusal, a lost connection, a time-out.
 *
 * @module
 */
import { Pop3Error, type ReplyStatus } from '@pop3kit/codec'

/** The commands the client sends, but for those of TLS and of a login. */
export type Pop3Verb =
  | 'STAT'
  | 'LIST'
  | 'UIDL'
  | 'RETR'
  | 'TOP'
  | 'DELE'
  | 'NOOP'
  | 'RSET'
  | 'CAPA'
  | 'UTF8'
  | 'LANG'
  | 'QUIT'

/** What the client was about: a stage of the session, a command, or nothing (`'idle'`). */
export type Pop3Phase = 'connect' | 'tls' | 'greeting' | 'login' | 'idle' | Pop3Verb

/** What could not be done, as the messages begin. */
function undone(phase: Pop3Phase): string {
  const stages: Partial<Record<Pop3Phase, string>> = {
    connect: 'Cannot connect',
    tls: 'Cannot start TLS',
    greeting: 'Cannot read the greeting',
    login: 'Cannot log in',
    idle: 'Cannot go on',
  }
  return stages[phase] ?? `Cannot finish ${phase}`
}

function name(errorClass: { readonly prototype: Error }, value: string): void {
  Object.defineProperty(errorClass.prototype, 'name', { value, configurable: true, writable: true })
}

/**
 * The server answered `-ERR` (RFC 1939 section 3). The connection goes on, except after the greeting and QUIT.
 *
 * @example Go on when a message has vanished
 * ```ts
 * import assert from 'node:assert/strict'
 * import { duplexPair } from 'node:stream'
 * import { Pop3Client, Pop3ReplyError } from '@pop3kit/client'
 *
 * const [transport, server] = duplexPair()
 * server.write('+OK ready\r\n')
 * server.once('data', () => server.write('-ERR [SYS/TEMP] Message 2 is gone\r\n'))
 *
 * const client = new Pop3Client({ transport })
 * const error = await client.retr(2).catch((error: unknown) => error)
 * assert(error instanceof Pop3ReplyError)
 * assert.equal(error.command, 'RETR 2')
 * assert.equal(error.responseCode, 'SYS/TEMP')
 * await client.close()
 * ```
 */
export class Pop3ReplyError extends Pop3Error {
  /** Always `'POP3_REPLY'`. */
  declare readonly code: 'POP3_REPLY'
  /** The reply, with the secret replaced by `***` should the server have repeated it. */
  readonly reply: ReplyStatus
  /** The command that was refused, secrets replaced by `***`; `undefined` for the greeting. */
  readonly command: string | undefined
  /**
   * What the server said about it ahead of the reply, secrets replaced by `***`: the JSON of XOAUTH2 and OAUTHBEARER
   * (RFC 7628 section 3.2.2), the word of SCRAM (RFC 5802 section 7).
   */
  readonly explanation: string | undefined

  static {
    name(this, 'Pop3ReplyError')
  }

  /**
   * @param reply - the `-ERR` reply
   * @param command - what it answers, without secrets
   * @param explanation - what the server said about it before, without secrets
   */
  constructor(reply: ReplyStatus, command?: string, explanation?: string) {
    const refused = command === undefined ? 'the connection' : JSON.stringify(command)
    const because = explanation ? `, because ${JSON.stringify(explanation)}` : ''
    super('POP3_REPLY', `Server refused ${refused}: ${JSON.stringify(reply.line)}${because}`)
    this.reply = reply
    this.command = command
    this.explanation = explanation || undefined
  }

  /** The response code of RFC 2449 section 8 and RFC 3206, as sent and without the brackets: `IN-USE`, `SYS/TEMP`. */
  get responseCode(): string | undefined {
    return this.reply.code
  }
}

/** The facts of a {@link Pop3ClosedError}. */
export interface ClosedErrorOptions extends ErrorOptions {
  /** What the client was about. */
  readonly phase: Pop3Phase
  /** Octets of the body that had come. */
  readonly received?: number
}

/**
 * The connection has ended before the reply was complete, or before the command could be sent. `cause` is the error of
 * the transport (`ECONNRESET`, `ECONNREFUSED`), or the first error of this connection when that made it useless.
 *
 * @example Learn how much of a message had come
 * ```ts
 * import assert from 'node:assert/strict'
 * import { duplexPair } from 'node:stream'
 * import { Pop3Client, Pop3ClosedError } from '@pop3kit/client'
 *
 * const [transport, server] = duplexPair()
 * server.write('+OK ready\r\n')
 * server.once('data', () => server.end('+OK 4475 octets\r\nSubject: cut\r\n'))
 *
 * const client = new Pop3Client({ transport })
 * const error = await client.retr(4).catch((error: unknown) => error)
 * assert(error instanceof Pop3ClosedError)
 * assert.equal(error.phase, 'RETR')
 * assert.equal(error.received, 14)
 * ```
 */
export class Pop3ClosedError extends Pop3Error {
  /** Always `'POP3_CLOSED'`. */
  declare readonly code: 'POP3_CLOSED'
  /** What the client was about. */
  readonly phase: Pop3Phase
  /** Octets of the body that had come, unstuffed; 0 when none was due. */
  readonly received: number

  static {
    name(this, 'Pop3ClosedError')
  }

  /**
   * @param reason - why, as the end of a sentence
   * @param options - phase, received octets and perhaps a cause
   */
  constructor(reason: string, { phase, received = 0, ...options }: ClosedErrorOptions) {
    super(
      'POP3_CLOSED',
      `${undone(phase)}: ${reason}${received > 0 ? ` after ${received} octets of the body` : ''}`,
      options,
    )
    this.phase = phase
    this.received = received
  }
}

/**
 * The server did not finish in time. The connection is dropped, unless the call still waited for its turn.
 *
 * @example Learn what took too long
 * ```ts
 * import assert from 'node:assert/strict'
 * import { duplexPair } from 'node:stream'
 * import { Pop3Client, Pop3TimeoutError } from '@pop3kit/client'
 *
 * const [transport] = duplexPair()
 * const client = new Pop3Client({ transport, timeout: '20ms' })
 * const error = await client.stat().catch((error: unknown) => error)
 * assert(error instanceof Pop3TimeoutError)
 * assert.equal(error.phase, 'greeting')
 * assert.equal(error.timeout, 20)
 * ```
 */
export class Pop3TimeoutError extends Pop3Error {
  /** Always `'POP3_TIMEOUT'`. */
  declare readonly code: 'POP3_TIMEOUT'
  /** What took too long. */
  readonly phase: Pop3Phase
  /** The limit, in milliseconds. */
  readonly timeout: number

  static {
    name(this, 'Pop3TimeoutError')
  }

  /**
   * @param phase - what took too long
   * @param timeout - the limit, in milliseconds
   * @param reason - what it waited for, when that was not the server
   */
  constructor(phase: Pop3Phase, timeout: number, reason?: string) {
    super('POP3_TIMEOUT', `${undone(phase)} within ${timeout} ms${reason === undefined ? '' : `: ${reason}`}`)
    this.phase = phase
    this.timeout = timeout
  }
}

/**
 * TLS could not be started, or has failed later on. `cause` is the error of Node, whose `code` says what is wrong:
 * `CERT_HAS_EXPIRED`, `DEPTH_ZERO_SELF_SIGNED_CERT`, `ERR_TLS_CERT_ALTNAME_INVALID`, `ERR_SSL_WRONG_VERSION_NUMBER`. A
 * connection that is lost in the handshake is a {@link Pop3ClosedError}, an `-ERR` to STLS a {@link Pop3ReplyError}.
 *
 * @example Learn why TLS was not started
 * ```ts
 * import assert from 'node:assert/strict'
 * import { duplexPair } from 'node:stream'
 * import { Pop3Client, Pop3TlsError } from '@pop3kit/client'
 *
 * const [transport, server] = duplexPair()
 * server.once('data', () => server.write('+OK this is no TLS\r\n'))
 *
 * const error = await Pop3Client.connect({ transport, tls: 'implicit' }).catch((error: unknown) => error)
 * assert(error instanceof Pop3TlsError)
 * assert.equal(error.phase, 'tls')
 * assert.equal(error.message, 'Cannot start TLS: wrong version number')
 * ```
 */
export class Pop3TlsError extends Pop3Error {
  /** Always `'POP3_TLS'`. */
  declare readonly code: 'POP3_TLS'
  /** What the client was about: `'tls'` as long as the handshake goes on. */
  readonly phase: Pop3Phase

  static {
    name(this, 'Pop3TlsError')
  }

  /**
   * @param phase - what the client was about
   * @param cause - the error of Node
   */
  constructor(phase: Pop3Phase, cause: unknown) {
    super('POP3_TLS', `${undone(phase)}: ${tlsReason(cause)}`, { cause })
    this.phase = phase
  }
}

/** What OpenSSL says shortly; its messages are long and hold addresses of memory. */
function tlsReason(cause: unknown): string {
  const { reason, message }: { reason?: unknown; message?: unknown } = Object(cause)
  return String(reason ?? message ?? cause)
}
