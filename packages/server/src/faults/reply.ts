/** Faults of the reply itself: another status, another text, another number of lines, none. */
import type { DeliveryTransform } from '../reply/delivery.ts'
import { encodeReply } from '../reply/encode.ts'
import { type Position, at } from '../reply/position.ts'
import { reply } from '../reply/reply.ts'
import { line, position, word } from './arguments.ts'
import { type FaultMaker, answering, changingOctets, defineFault, delivering, withoutWrites } from './fault.ts'
import { members, optional } from './kind.ts'
import { lineOf, wordsOf } from './status-line.ts'

/** What {@link err} says besides its text. */
interface ErrOptions {
  /** A response code without its brackets (RFC 2449 section 8). */
  readonly code?: string | undefined
}

/**
 * Refuses: `-ERR` in place of whatever the server would have answered, and the command is not carried out. Gmail and Zoho do it
 * to LIST, UIDL, RETR and DELE when a daily quota is used up (M62); a listed message that cannot be fetched is M37.
 *
 * @param text What stands behind `-ERR`: `refused`.
 * @param options `code`: a response code without its brackets, such as `IN-USE` (RFC 2449 section 8).
 */
export const err: FaultMaker<[text?: string, options?: ErrOptions]> = defineFault(
  'err',
  [
    optional(line('the text of a refusal'), 'refused'),
    optional(members<ErrOptions>('the options of a refusal', { code: optional(line('a response code')) }), {}),
  ],
  (words, options) => answering(() => reply.err(words, options)),
)

/**
 * Puts another word where `+OK` or `-ERR` stands. hMailServer said `+ERR` (M17); clients differ in whether they take `+ok` for
 * `+OK`.
 *
 * @param word The status indicator, such as `+ERR` or `+ok`; empty: the line begins with the text.
 */
export const status: FaultMaker<[word: string]> = defineFault('status', [line('a status indicator')], (other) =>
  answering(async (_context, next) => {
    const honest = await next()
    if (honest.status === '' || honest.status === other) return undefined
    if (other !== '') return { ...honest, status: other, ok: other === '+OK' }
    const bare = { ...honest, status: wordsOf(honest), ok: false, code: undefined, text: '' }
    return bare.status === '' ? { ...bare, delivery: [emptyLineFirst, ...bare.delivery] } : bare
  }),
)

const emptyLineFirst: DeliveryTransform = async function* (steps) {
  yield lineOf('')
  yield* steps
}

/**
 * Says something twice: the status line, or the whole reply, so that every later reply is one too late. FTGate did it to TOP, and GreenMail
 * does it to RSET (M12, D1).
 *
 * @param what `status`, or `reply`; without it the status line.
 */
export const duplicate: FaultMaker<[what?: 'status' | 'reply']> = defineFault(
  'duplicate',
  [optional(word('what is said twice', 'status', 'reply'), 'status')],
  (what) => {
    const here = at(what === 'status' ? 'status' : 'end')
    return changingOctets((effect, _context, honest) =>
      here(async function* (rest) {
        if (honest.status !== '') {
          yield effect
          yield* encodeReply({ ...honest, delivery: [], body: what === 'status' ? undefined : honest.body })
        }
        yield* rest
      }),
    )
  },
)

/**
 * Sends an empty line where a reply is due, and then the reply. Office 365 did it (M11).
 */
export const blankLine: FaultMaker<[]> = defineFault('blankLine', [], () =>
  changingOctets(
    (effect) =>
      async function* (steps) {
        yield effect
        yield* emptyLineFirst(steps)
      },
  ),
)

/**
 * Carries the command out and says nothing about it; the session goes on. Servers that never answer QUIT: M69.
 */
export const withhold: FaultMaker<[]> = defineFault('withhold', [], () =>
  delivering(
    (effect) =>
      async function* (steps) {
        yield effect
        yield* withoutWrites(steps)
      },
  ),
)

/**
 * Sends the first line only of a reply that has several, and no terminator: the reverse of M27. A client that waits for the rest hangs.
 */
export const single: FaultMaker<[]> = defineFault('single', [], () =>
  answering(async (_context, next) => {
    const honest = await next()
    return honest.body && { ...honest, body: undefined }
  }),
)

/**
 * Makes a reply of one line one of several: what stood behind the status becomes a line of its own, and a terminator follows. Mailpit answered
 * `LIST n` and `UIDL n` like that (M27).
 */
export const multiLine: FaultMaker<[]> = defineFault('multiLine', [], () =>
  answering(async (_context, next) => {
    const honest = await next()
    if (honest.body !== undefined || !honest.ok) return undefined
    const rows = honest.text === '' ? [] : [lineOf(honest.text, honest.charset).octets]
    return { ...honest, text: '', body: () => rows }
  }),
)

/**
 * Breaks a reply off at a place and says `-ERR` there: nothing more of it comes, no terminator either. Inbucket does it to a message
 * with a line over 64 KiB (D8).
 *
 * @param position Where; `{ line: 3 }` keeps the lines before it whole.
 * @param text What stands behind `-ERR`: `internal error`.
 */
export const fail: FaultMaker<[position: Position, text?: string]> = defineFault(
  'fail',
  [position, optional(line('the text of a refusal'), 'internal error')],
  (place, words) => {
    const here = at(place)
    return changingOctets((effect) =>
      here(async function* (rest) {
        yield effect
        yield lineOf(`-ERR ${words}`)
        yield* withoutWrites(rest)
      }),
    )
  },
)

/**
 * Puts other words behind the status, in place of code and text. A `+OK` to STAT without numbers is M28.
 */
export const text: FaultMaker<[words: string]> = defineFault('text', [line('the text of a reply')], (words) =>
  answering(async (_context, next) => {
    const honest = await next()
    return honest.status === '' ? undefined : { ...honest, code: undefined, text: words }
  }),
)
