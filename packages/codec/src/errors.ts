/** The errors of the kit: one base with a stable `code` and a brand, one class for each thing that goes wrong. */

const BRAND = Symbol.for('pop3kit.error')

/** The name is inherited and not enumerable, as that of the built-in errors is. */
function nameErrors(errorClass: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true })
}

/**
 * The base of all errors of the kit. Compare `code`, never the message.
 *
 * @example Tell an error of the kit from any other
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeCommand, Pop3Error } from '@pop3kit/codec'
 *
 * assert.throws(
 *   () => encodeCommand('DELE', '1\r\nQUIT'),
 *   (error) => error instanceof Pop3Error && error.code === 'POP3_ARGUMENT',
 * )
 * ```
 */
export class Pop3Error extends Error {
  /** What went wrong, stable over versions: `POP3_` and a word or two. */
  readonly code: string

  static {
    nameErrors(this, 'Pop3Error')
    Object.defineProperty(this.prototype, BRAND, { value: true })
  }

  /**
   * @param code - the stable code, `POP3_...`
   * @param message - what cannot be done, where, and what was expected
   * @param options - `cause`, as of any `Error`
   */
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * Whether a value is an error of the kit, also when it comes from another copy of the package or from another realm,
 * where `instanceof` fails.
 *
 * @example Check an error that came from anywhere
 * ```ts
 * import assert from 'node:assert/strict'
 * import { isPop3Error, Pop3ArgumentError } from '@pop3kit/codec'
 *
 * assert.equal(isPop3Error(new Pop3ArgumentError('Cannot do that')), true)
 * assert.equal(isPop3Error(new Error('Something else')), false)
 * ```
 */
export function isPop3Error(value: unknown): value is Pop3Error {
  return typeof value === 'object' && value !== null && BRAND in value
}

/** Where and what: the facts of a {@link Pop3ProtocolError}. */
export interface ProtocolErrorOptions extends ErrorOptions {
  /** Octets from the start of the stream to the place. */
  readonly offset: number
  /** What stands there: printable, at most about 60 characters. */
  readonly excerpt: string
}

/**
 * The peer sent something that is not POP3.
 *
 * @example See what was wrong, and where
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseReplyStatus } from '@pop3kit/codec'
 *
 * assert.throws(() => parseReplyStatus(encodeText('+ERR no such message'), 100), {
 *   code: 'POP3_PROTOCOL',
 *   offset: 100,
 *   excerpt: '+ERR no such message',
 * })
 * ```
 */
export class Pop3ProtocolError extends Pop3Error {
  /** Always `POP3_PROTOCOL`. */
  declare readonly code: 'POP3_PROTOCOL'
  /** Octets from the start of the stream to the place. */
  readonly offset: number
  /** What stands there: printable, octets that are not are escaped, at most about 60 characters. */
  readonly excerpt: string

  static {
    nameErrors(this, 'Pop3ProtocolError')
  }

  /**
   * @param message - what cannot be read and what was expected
   * @param options - offset, excerpt and perhaps a cause
   */
  constructor(message: string, { offset, excerpt, ...options }: ProtocolErrorOptions) {
    super('POP3_PROTOCOL', message, options)
    this.offset = offset
    this.excerpt = excerpt
  }
}

/** Where and how much: the facts of a {@link Pop3LimitError}. */
export interface LimitErrorOptions extends ErrorOptions {
  /** Octets from the start of the stream to the first octet that is too much. */
  readonly offset: number
  /** The limit that was passed, in octets. */
  readonly limit: number
}

/**
 * The peer sent more than the limit allows.
 *
 * @example Refuse a line without end
 * ```ts
 * import assert from 'node:assert/strict'
 * import { LineDecoder } from '@pop3kit/codec'
 *
 * const decoder = new LineDecoder({ maxOctets: 100 })
 * decoder.push(new Uint8Array(5000))
 * assert.throws(() => decoder.next(), { code: 'POP3_LIMIT', offset: 100, limit: 100 })
 * ```
 */
export class Pop3LimitError extends Pop3Error {
  /** Always `POP3_LIMIT`. */
  declare readonly code: 'POP3_LIMIT'
  /** Octets from the start of the stream to the first octet that is too much. */
  readonly offset: number
  /** The limit that was passed, in octets. */
  readonly limit: number

  static {
    nameErrors(this, 'Pop3LimitError')
  }

  /**
   * @param message - what is too long
   * @param options - offset, limit and perhaps a cause
   */
  constructor(message: string, { offset, limit, ...options }: LimitErrorOptions) {
    super('POP3_LIMIT', message, options)
    this.offset = offset
    this.limit = limit
  }
}

/**
 * The caller gave a value that cannot go on the wire (a CR, LF or NUL in a line), or a wrong option.
 * The message never quotes an argument of a command, because it may be a secret.
 *
 * @example Refuse a password that would smuggle a command
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeCommand, Pop3ArgumentError } from '@pop3kit/codec'
 *
 * assert.throws(() => encodeCommand('PASS', 'secret\r\nDELE 1'), Pop3ArgumentError)
 * ```
 */
export class Pop3ArgumentError extends Pop3Error {
  /** Always `POP3_ARGUMENT`. */
  declare readonly code: 'POP3_ARGUMENT'

  static {
    nameErrors(this, 'Pop3ArgumentError')
  }

  /**
   * @param message - what cannot be sent and what was expected
   * @param options - `cause`, as of any `Error`
   */
  constructor(message: string, options?: ErrorOptions) {
    super('POP3_ARGUMENT', message, options)
  }
}
