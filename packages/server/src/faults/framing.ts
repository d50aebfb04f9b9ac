/** Faults of framing: octets and lines that do not belong where they are (RFC 1939 section 3, RFC 2449 section 4). */
import { encodeLatin1, encodeText } from '@pop3kit/codec'
import { type Position, at } from '../reply/position.ts'
import type { Reply, ReplyBody } from '../reply/reply.ts'
import { membersOf, refuse, wholeNumber } from './arguments.ts'
import { type Fault, defineFault, defineOctetFault } from './fault.ts'
import { lineOf, wordsOf } from './status-line.ts'

/**
 * Puts octets into a reply at a place: NULs (M14), 8-bit octets, a line that looks like a reply (M8), or a reply in clear behind that to STLS
 * (M72, at `end`).
 *
 * @param octets Text, sent as UTF-8, or `{ hex: '00ff' }`.
 * @throws {Pop3ArgumentError} When the position cannot be, or there are no octets.
 */
export function insert(position: Position, octets: string | { readonly hex: string }): Fault {
  const here = at(position)
  const inserted = octetsOf(octets)
  return defineOctetFault('insert', [position, octets], (effect) =>
    here(async function* (rest) {
      yield effect
      yield { type: 'write', part: 'body', octets: inserted }
      yield* rest
    }),
  )
}

function octetsOf(given: unknown): Uint8Array {
  const [what, expected] = ['octets to insert', "text, or { hex: '00ff' }, not empty"]
  if (typeof given === 'string') return given === '' ? refuse(given, what, expected) : encodeText(given)
  const { hex } = membersOf(given, what, ['hex'])
  if (typeof hex !== 'string' || !/^(?:[\da-f]{2})+$/i.test(hex)) return refuse(given, what, expected)
  return Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
}

/**
 * Adds a line of so many octets, its end counted, to the end of a body. Lines over 2048 octets were too long for poplib, unique-ids over 70 for
 * others (M15).
 *
 * @throws {Pop3ArgumentError} When it is no whole number from 2 up.
 */
export function longLine(octets: number): Fault {
  wholeNumber(octets, 'the octets of a line', 2)
  return defineFault('longLine', [octets], async (_context, next) =>
    withMoreBody(await next(), encodeLatin1(`${'x'.repeat(octets - 2)}\r\n`)),
  )
}

/**
 * Adds an empty line to the end of a body, as qmail-pop3d does to every message (M20).
 */
export function extraLine(): Fault {
  return defineFault('extraLine', [], async (_context, next) => withMoreBody(await next(), encodeLatin1('\r\n')))
}

/** The same reply with more in its body, if it has one. */
function withMoreBody(honest: Reply, more: Uint8Array): Reply | undefined {
  const { body } = honest
  if (body === undefined) return undefined
  const longer: ReplyBody = async function* () {
    yield* body()
    yield more
  }
  return { ...honest, body: longer }
}

/**
 * Makes the status line so many octets long, its end counted: 512 are allowed (RFC 2449 section 4), and a client with a buffer for no more takes
 * the rest for the next line (M15).
 *
 * @throws {Pop3ArgumentError} When it is no whole number from 6 up.
 */
export function longStatus(octets: number): Fault {
  wholeNumber(octets, 'the octets of a status line', 6)
  return defineFault('longStatus', [octets], async (_context, next) => {
    const honest = await next()
    const line = lineOf(`${[honest.status, wordsOf(honest)].join(' ').trimEnd()} `, honest.charset)
    const missing = octets - line.octets.length
    if (honest.status === '' || missing <= 0) return undefined
    return { ...honest, text: `${honest.text} ${'x'.repeat(missing)}`.trimStart() }
  })
}
