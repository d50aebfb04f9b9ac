/** A reply as octets on their way: status line, dot-stuffed body, terminator (RFC 1939 section 3, R5-R8). */
import { DotStuffer, TERMINATOR, encodeLatin1, encodeText } from '@pop3kit/codec'
import type { Reply, ReplyBody } from './reply.ts'
import type { Step, Steps, WirePart } from './delivery.ts'
import { Wholeness } from './wholeness.ts'

const write = (part: WirePart, octets: Uint8Array): Step => ({ type: 'write', part, octets })

function statusLine({ status, code, text, charset }: Reply): Uint8Array {
  const words = code === undefined ? [status, text] : [status, `[${code}]`, text]
  const line = `${words.filter((word) => word !== '').join(' ')}\r\n`
  return charset === 'latin-1' ? encodeLatin1(line) : encodeText(line)
}

function isSync(pieces: ReturnType<ReplyBody>): pieces is Iterable<Uint8Array> {
  return Symbol.iterator in pieces
}

function* encodeAtHand(pieces: Iterable<Uint8Array>): Generator<Step> {
  const stuffer = new DotStuffer()
  for (const piece of pieces) {
    for (const octets of stuffer.push(piece)) yield write('body', octets)
  }
  for (const octets of stuffer.end()) yield write('body', octets)
}

async function* encodeLazily(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Step> {
  const stuffer = new DotStuffer()
  for await (const piece of pieces) {
    for (const octets of stuffer.push(piece)) yield write('body', octets)
  }
  for (const octets of stuffer.end()) yield write('body', octets)
}

/** The honest steps of a reply. They are read as they are needed: a large body is never held as a whole. */
function honestSteps(reply: Reply): Steps {
  const status = reply.status === '' ? [] : [write('status', statusLine(reply))]
  if (reply.body === undefined) return status
  const pieces = reply.body()
  const terminator = write('terminator', TERMINATOR)
  return isSync(pieces)
    ? (function* () {
        yield* status
        yield* encodeAtHand(pieces)
        yield terminator
      })()
    : (async function* () {
        yield* status
        yield* encodeLazily(pieces)
        yield terminator
      })()
}

/** The steps of a reply, as its handlers and faults want them. */
export function encodeReply(reply: Reply): Steps {
  const { message, delivery } = reply
  const encode = (honest: Steps): Steps => delivery.reduce<Steps>((steps, transform) => transform(steps), honest)
  if (message === undefined) return encode(honestSteps(reply))
  const wholeness = new Wholeness()
  return wholeness.sent(encode(wholeness.meant(honestSteps(reply))), { type: 'retrieved', ...message })
}
