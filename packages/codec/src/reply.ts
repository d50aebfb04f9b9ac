/** The status line of a reply (RFC 1939 section 3, RFC 2449 section 3), and the continuation of SASL (RFC 5034 section 4). */
import { Pop3ArgumentError, Pop3ProtocolError } from './errors.ts'
import { excerptOf } from './excerpt.ts'
import { breaksLine, decodeText, encodeText } from './octets.ts'
import { formatResponseCode, parseResponseCode } from './response-code.ts'

/** What a reply begins with. `+` asks a client to go on in a SASL exchange. */
export type StatusIndicator = '+OK' | '-ERR' | '+'

/** The status line of a reply as a server sent it. */
export interface ReplyStatus {
  /** The status indicator, in upper case. */
  readonly status: StatusIndicator
  /** Whether the status is `+OK`. */
  readonly ok: boolean
  /** The response code without its brackets, as sent, or `undefined`. Compare it with {@link isResponseCode}. */
  readonly code: string | undefined
  /** The text without status and response code. */
  readonly text: string
  /** The whole line without its ending. */
  readonly line: string
  /** Octets from the start of the stream to the first octet of the line. */
  readonly offset: number
}

/** How strictly a status line is read. */
export interface ReplyStatusOptions {
  /**
   * Whether `+ok` and `-err` are taken in any case (R5 wants upper case).
   * @defaultValue `false`
   */
  readonly lenient?: boolean | undefined
}

const INDICATORS: readonly StatusIndicator[] = ['+OK', '-ERR', '+']
const GRAMMAR = /^(?<status>\+OK|-ERR|\+)(?: (?<text>.*))?$/s
const LENIENT_GRAMMAR = new RegExp(GRAMMAR, 'is')

/**
 * Parses a status line.
 *
 * @param line - the line without its ending
 * @param offset - where in the stream the line begins, in octets
 * @param options - how strictly it is read
 * @throws {@link Pop3ProtocolError} for anything but `+OK`, `-ERR` or `+`, alone or with a SP behind it (M11, M17).
 *
 * @example Parse a refusal
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseReplyStatus } from '@pop3kit/codec'
 *
 * const reply = parseReplyStatus(encodeText('-ERR [IN-USE] Mailbox is locked'))
 * assert.equal(reply.ok, false)
 * assert.equal(reply.code, 'IN-USE')
 * assert.equal(reply.text, 'Mailbox is locked')
 * ```
 */
export function parseReplyStatus(
  line: Uint8Array,
  offset = 0,
  { lenient = false }: ReplyStatusOptions = {},
): ReplyStatus {
  const whole = decodeText(line)
  const { status, text = '' } = (lenient ? LENIENT_GRAMMAR : GRAMMAR).exec(whole)?.groups ?? {}
  const indicator = INDICATORS.find((each) => each === status?.toUpperCase())
  if (indicator === undefined) {
    const excerpt = excerptOf(line)
    throw new Pop3ProtocolError(`Cannot read the reply "${excerpt}" at offset ${offset}: expected "+OK" or "-ERR"`, {
      offset,
      excerpt,
    })
  }
  const parsed = indicator === '+' ? { code: undefined, text } : parseResponseCode(text)
  return { status: indicator, ok: indicator === '+OK', ...parsed, line: whole, offset }
}

/** What a status line is made of. */
export interface ReplyStatusParts {
  /** The status indicator. */
  readonly status: StatusIndicator
  /** The response code without its brackets. */
  readonly code?: string | undefined
  /** The text behind status and response code. */
  readonly text?: string | undefined
}

/**
 * Formats a status line, without its ending.
 *
 * @throws {@link Pop3ArgumentError} when the text holds a CR, LF or NUL, or the code is none.
 *
 * @example Format a refusal
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatReplyStatus } from '@pop3kit/codec'
 *
 * assert.equal(formatReplyStatus({ status: '-ERR', code: 'SYS/TEMP', text: 'Try later' }), '-ERR [SYS/TEMP] Try later')
 * assert.equal(formatReplyStatus({ status: '+OK' }), '+OK')
 * ```
 */
export function formatReplyStatus({ status, code, text = '' }: ReplyStatusParts): string {
  if (breaksLine(text)) {
    throw new Pop3ArgumentError(`Cannot send the text ${JSON.stringify(text)}: expected no CR, LF or NUL in it`)
  }
  const words = [status, ...(code === undefined ? [] : [formatResponseCode(code)]), ...(text === '' ? [] : [text])]
  // R75: an empty challenge is "+" and a SP.
  return status === '+' && words.length === 1 ? '+ ' : words.join(' ')
}

/**
 * Encodes a status line, its CRLF included.
 *
 * @throws {@link Pop3ArgumentError} as {@link formatReplyStatus} does.
 *
 * @example Encode a greeting
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeReplyStatus } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(encodeReplyStatus({ status: '+OK', text: 'Hello there.' })), '+OK Hello there.\r\n')
 * ```
 */
export function encodeReplyStatus(parts: ReplyStatusParts): Uint8Array {
  return encodeText(`${formatReplyStatus(parts)}\r\n`)
}
