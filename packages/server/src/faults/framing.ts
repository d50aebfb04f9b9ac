/** Faults of framing: octets and lines that do not belong where they are (RFC 1939 section 3, RFC 2449 section 4). */
import { encodeLatin1, encodeText } from '@pop3kit/codec'
import { type Position, at } from '../reply/position.ts'
import type { Reply, ReplyBody } from '../reply/reply.ts'
import { position, text, whole } from './arguments.ts'
import { type FaultMaker, answering, changingOctets, defineFault } from './fault.ts'
import { either, members } from './kind.ts'
import { lineOf, wordsOf } from './status-line.ts'

/**
 * Puts octets into a reply at a place: NULs (M14), 8-bit octets, a line that looks like a reply (M8), or a reply in clear behind that to STLS
 * (M72, at `end`).
 *
 * @param octets Text, sent as UTF-8, or `{ hex: '00ff' }`; not empty.
 */
export const insert: FaultMaker<[position: Position, octets: string | { readonly hex: string }]> = defineFault(
  'insert',
  [
    position,
    either(
      'octets to insert',
      text('octets to insert', 'text that is not empty', /[^]/),
      members('octets to insert', { hex: text('octets to insert', 'two digits for each octet', /^([\dA-Fa-f]{2})+$/) }),
    ),
  ],
  (place, octets) => {
    const here = at(place)
    const inserted = octetsOf(octets)
    return changingOctets((effect) =>
      here(async function* (rest) {
        yield effect
        yield { type: 'write', part: 'body', octets: inserted }
        yield* rest
      }),
    )
  },
)

function octetsOf(given: string | { readonly hex: string }): Uint8Array {
  if (typeof given === 'string') return encodeText(given)
  return Uint8Array.from(given.hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
}

/**
 * Adds a line of so many octets, its end counted, to the end of a body. Lines over 2048 octets were too long for poplib, unique-ids over 70 for
 * others (M15).
 */
export const longLine: FaultMaker<[octets: number]> = defineFault(
  'longLine',
  [whole('the octets of a line', 2)],
  (octets) =>
    answering(async (_context, next) => withMoreBody(await next(), encodeLatin1(`${'x'.repeat(octets - 2)}\r\n`))),
)

/**
 * Adds an empty line to the end of a body, as qmail-pop3d does to every message (M20).
 */
export const extraLine: FaultMaker<[]> = defineFault('extraLine', [], () =>
  answering(async (_context, next) => withMoreBody(await next(), encodeLatin1('\r\n'))),
)

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
 */
export const longStatus: FaultMaker<[octets: number]> = defineFault(
  'longStatus',
  [whole('the octets of a status line', 6)],
  (octets) =>
    answering(async (_context, next) => {
      const honest = await next()
      const line = lineOf(`${[honest.status, wordsOf(honest)].join(' ').trimEnd()} `, honest.charset)
      const missing = octets - line.octets.length
      if (honest.status === '' || missing <= 0) return undefined
      return { ...honest, text: `${honest.text} ${'x'.repeat(missing)}`.trimStart() }
    }),
)
