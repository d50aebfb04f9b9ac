/** A reply as a value: nothing of it is on the wire yet (RFC 1939 section 3). */
import { encodeText } from '@pop3kit/codec'
import type { DeliveryTransform, RetrievedMessage, Step } from './delivery.ts'

/** The content of a multi-line reply, opened anew each time: CRLF line ends, no dot-stuffing, no terminator. */
export type ReplyBody = () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** A reply of the server. */
export interface Reply {
  /** The status indicator: `+OK`, `-ERR`, or whatever a fault puts there. Empty: the reply has no status line at all. */
  readonly status: string
  /** Whether the status is `+OK`. */
  readonly ok: boolean
  /** The response code without its brackets (RFC 2449 section 8), if there is one. */
  readonly code: string | undefined
  /** The text behind the status and the code. */
  readonly text: string
  /** What follows the status line of a multi-line reply. */
  readonly body: ReplyBody | undefined
  /** The message that it brings whole: that of RETR. */
  readonly message: RetrievedMessage | undefined
  /** How the text is octets. */
  readonly charset: 'utf-8' | 'latin-1'
  /** What changes its way to the wire, in the order of application. Without any it is delivered in one write. */
  readonly delivery: readonly DeliveryTransform[]
}

/** What a reply may have besides its text. */
export interface ReplyOptions {
  /** A response code without brackets, such as `IN-USE` or `SYS/TEMP`. */
  readonly code?: string | undefined
  /** How the text is octets; `latin-1` for octets that were taken from a command as they are. @default {'utf-8'} */
  readonly charset?: 'utf-8' | 'latin-1' | undefined
  /** Makes it a multi-line reply with these lines. */
  readonly lines?: Iterable<string> | undefined
  /** Makes it a multi-line reply with this content. */
  readonly body?: ReplyBody | undefined
}

const batchOfLines = 500

/** Lines as octets, some hundred at a time. */
function* encodeLines(lines: Iterable<string>): Generator<Uint8Array> {
  let batch: string[] = []
  for (const line of lines) {
    batch.push(line, '\r\n')
    if (batch.length >= 2 * batchOfLines) {
      yield encodeText(batch.join(''))
      batch = []
    }
  }
  if (batch.length > 0) yield encodeText(batch.join(''))
}

function make(status: string, text: string, { code, charset = 'utf-8', lines, body }: ReplyOptions): Reply {
  return {
    status,
    ok: status === '+OK',
    code,
    text,
    body: body ?? (lines === undefined ? undefined : () => encodeLines(lines)),
    message: undefined,
    charset,
    delivery: [],
  }
}

/** The same reply, taking another way to the wire. */
export function deliverThrough(reply: Reply, transform: DeliveryTransform): Reply {
  return { ...reply, delivery: [...reply.delivery, transform] }
}

/** The same reply, bringing a message whole. */
export function bringing(reply: Reply, { number, uid }: RetrievedMessage): Reply {
  return { ...reply, message: { number, uid } }
}

/** The same reply, and these steps before it. */
export function precededBy(reply: Reply, ...first: readonly Step[]): Reply {
  return deliverThrough(reply, async function* (steps) {
    yield* first
    yield* steps
  })
}

/** The same reply, and these steps behind it. */
export function followedBy(reply: Reply, ...more: readonly Step[]): Reply {
  return deliverThrough(reply, async function* (steps) {
    yield* steps
    yield* more
  })
}

/** A reply without words: on the wire only what the steps say. */
export function wordless(...steps: Step[]): Reply {
  return deliverThrough(make('', '', {}), async function* () {
    yield* steps
  })
}

/**
 * Makes replies for handlers.
 *
 * @example Be busy at the greeting
 * ```ts
 * import { pop3, reply, setupPop3Server } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const server = setupPop3Server()
 * server.use(pop3.greeting(() => reply.err('busy, try later', { code: 'SYS/TEMP' })))
 *
 * const peer = server.connect()
 * const [greeting] = await peer.take(1).toArray()
 * assert.equal(String(greeting), '-ERR [SYS/TEMP] busy, try later\r\n')
 * await server.close()
 * ```
 */
export const reply: {
  /** A positive reply. */
  readonly ok: (text?: string, options?: ReplyOptions) => Reply
  /** A negative reply. */
  readonly err: (text?: string, options?: ReplyOptions) => Reply
  /** A reply with any status indicator, or with none when it is empty. */
  readonly of: (status: string, text?: string, options?: ReplyOptions) => Reply
  /** No reply at all; the session goes on. */
  readonly none: () => Reply
  /** No reply: the connection is closed (FIN). */
  readonly close: () => Reply
  /** No reply: the connection is reset (RST). */
  readonly reset: () => Reply
  /** No reply and nothing more: the connection stays open and silent until the client goes. */
  readonly stall: () => Reply
} = {
  ok: (text = '', options = {}) => make('+OK', text, options),
  err: (text = '', options = {}) => make('-ERR', text, options),
  of: (status, text = '', options = {}) => make(status, text, options),
  none: () => wordless(),
  close: () => wordless({ type: 'close' }),
  reset: () => wordless({ type: 'reset' }),
  stall: () => wordless({ type: 'stall' }),
}
