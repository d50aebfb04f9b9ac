/** Faults of the reply itself: another status, another text, another number of lines, none. */
import type { DeliveryTransform } from '../reply/delivery.ts'
import { encodeReply } from '../reply/encode.ts'
import { type Position, at } from '../reply/position.ts'
import { reply } from '../reply/reply.ts'
import { membersOf, oneLine, oneOf } from './arguments.ts'
import { type Fault, defineDeliveryFault, defineFault, defineOctetFault, withoutWrites } from './fault.ts'
import { lineOf, wordsOf } from './status-line.ts'

/**
 * Refuses: `-ERR` in place of whatever the server would have answered, and the command is not carried out. Gmail and Zoho do it
 * to LIST, UIDL, RETR and DELE when a daily quota is used up (M62); a listed message that cannot be fetched is M37.
 *
 * @param text What stands behind `-ERR`.
 * @param options `code`: a response code without its brackets, such as `IN-USE` (RFC 2449 section 8).
 * @throws {Pop3ArgumentError} When text or code hold a line end.
 */
export function err(text = 'refused', options?: { readonly code?: string | undefined }): Fault {
  oneLine(text, 'the text of a refusal')
  const { code } = membersOf(options ?? {}, 'the options of a refusal', ['code'])
  const words = code === undefined ? undefined : oneLine(code, 'a response code')
  return defineFault('err', [text, options], () => reply.err(text, { code: words }))
}

/**
 * Puts another word where `+OK` or `-ERR` stands. hMailServer said `+ERR` (M17); clients differ in whether they take `+ok` for
 * `+OK`.
 *
 * @param word The status indicator, such as `+ERR` or `+ok`; empty: the line begins with the text.
 * @throws {Pop3ArgumentError} When the word holds a line end.
 */
export function status(word: string): Fault {
  oneLine(word, 'a status indicator')
  return defineFault('status', [word], async (_context, next) => {
    const honest = await next()
    if (honest.status === '' || honest.status === word) return undefined
    if (word !== '') return { ...honest, status: word, ok: word === '+OK' }
    const bare = { ...honest, status: wordsOf(honest), ok: false, code: undefined, text: '' }
    return bare.status === '' ? { ...bare, delivery: [emptyLineFirst, ...bare.delivery] } : bare
  })
}

const emptyLineFirst: DeliveryTransform = async function* (steps) {
  yield lineOf('')
  yield* steps
}

/**
 * Says something twice: the status line, or the whole reply, so that every later reply is one too late. FTGate did it to TOP, and GreenMail
 * does it to RSET (M12, D1).
 *
 * @throws {Pop3ArgumentError} When it is neither `status` nor `reply`.
 */
export function duplicate(what: 'status' | 'reply' = 'status'): Fault {
  oneOf(what, 'what is said twice', ['status', 'reply'])
  const here = at(what === 'status' ? 'status' : 'end')
  return defineOctetFault('duplicate', [what], (effect, _context, honest) =>
    here(async function* (rest) {
      if (honest.status !== '') {
        yield effect
        yield* encodeReply({ ...honest, delivery: [], body: what === 'status' ? undefined : honest.body })
      }
      yield* rest
    }),
  )
}

/**
 * Sends an empty line where a reply is due, and then the reply. Office 365 did it (M11).
 */
export function blankLine(): Fault {
  return defineOctetFault(
    'blankLine',
    [],
    (effect) =>
      async function* (steps) {
        yield effect
        yield* emptyLineFirst(steps)
      },
  )
}

/**
 * Carries the command out and says nothing about it; the session goes on. Servers that never answer QUIT: M69.
 */
export function withhold(): Fault {
  return defineDeliveryFault(
    'withhold',
    [],
    (effect) =>
      async function* (steps) {
        yield effect
        yield* withoutWrites(steps)
      },
  )
}

/**
 * Sends the first line only of a reply that has several, and no terminator: the reverse of M27. A client that waits for the rest hangs.
 */
export function single(): Fault {
  return defineFault('single', [], async (_context, next) => {
    const honest = await next()
    return honest.body && { ...honest, body: undefined }
  })
}

/**
 * Makes a reply of one line one of several: what stood behind the status becomes a line of its own, and a terminator follows. Mailpit answered
 * `LIST n` and `UIDL n` like that (M27).
 */
export function multiLine(): Fault {
  return defineFault('multiLine', [], async (_context, next) => {
    const honest = await next()
    if (honest.body !== undefined || !honest.ok) return undefined
    const rows = honest.text === '' ? [] : [lineOf(honest.text, honest.charset).octets]
    return { ...honest, text: '', body: () => rows }
  })
}

/**
 * Breaks a reply off at a place and says `-ERR` there: nothing more of it comes, no terminator either. Inbucket does it to a message
 * with a line over 64 KiB (D8).
 *
 * @param position Where; `{ line: 3 }` keeps the lines before it whole.
 * @throws {Pop3ArgumentError} When the position cannot be, or the text holds a line end.
 */
export function fail(position: Position, text = 'internal error'): Fault {
  const here = at(position)
  const line = lineOf(`-ERR ${oneLine(text, 'the text of a refusal')}`)
  return defineOctetFault('fail', [position, text], (effect) =>
    here(async function* (rest) {
      yield effect
      yield line
      yield* withoutWrites(rest)
    }),
  )
}

/**
 * Puts other words behind the status, in place of code and text. A `+OK` to STAT without numbers is M28.
 *
 * @throws {Pop3ArgumentError} When the words hold a line end.
 */
export function text(words: string): Fault {
  oneLine(words, 'the text of a reply')
  return defineFault('text', [words], async (_context, next) => {
    const honest = await next()
    return honest.status === '' ? undefined : { ...honest, code: undefined, text: words }
  })
}
