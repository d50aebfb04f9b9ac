/** Faults of the maildrop: it changes under a session, or does not change when it should. */
import type { Situation } from '../handlers/handler.ts'
import { deliverThrough, precededBy, reply } from '../reply/reply.ts'
import { membersOf, oneLine, refuse, wholeNumber } from './arguments.ts'
import { type Fault, defineFault, named } from './fault.ts'

/** A message as JSON can hold it. */
export type ArrivingMessage = string | { readonly content: string; readonly uid?: string | undefined }

/**
 * Delivers a message before the command is carried out: the maildrop holds it, and the session that is open does not know it (RFC 1939
 * section 4). getmail lost count when mail came between UIDL and LIST (M35).
 *
 * @param message Its text, or that and its unique-id.
 * @throws {Pop3ArgumentError} When it is no message.
 */
export function arrive(message: ArrivingMessage): Fault {
  const { content, uid } =
    typeof message === 'string' ? { content: message } : membersOf(message, 'a message', ['content', 'uid'])
  if (typeof content !== 'string') return refuse(message, 'a message', 'its text, or { content, uid }')
  if (uid !== undefined && (typeof uid !== 'string' || !/^[\x21-\x7e]{1,70}$/.test(uid))) {
    return refuse(uid, 'a unique-id', '1 to 70 octets from 0x21 to 0x7E')
  }
  return defineFault('arrive', [message], ({ maildrop }, next) => {
    if (maildrop === undefined) return undefined
    maildrop.deliver({ content, uid })
    return next()
  })
}

/**
 * Removes the message that the session knows by this number before the command is carried out, as another client would: Dovecot says `Message 31
 * expunged.` then (M36).
 *
 * @throws {Pop3ArgumentError} When it is no whole number from 1 up.
 */
export function vanish(number: number): Fault {
  wholeNumber(number, 'a message number', 1)
  return defineFault('vanish', [number], ({ maildrop, session }, next) => {
    const message = session.message(number)
    const isGone = message === undefined || maildrop?.remove([message]).length !== 1
    return isGone ? undefined : next()
  })
}

/**
 * Lets QUIT remove nothing, whatever was marked deleted, and answer as it does: deletes that are accepted and not carried out (M41).
 */
export function keep(): Fault {
  return defineFault('keep', [], async ({ maildrop }, next) => {
    const kept = await maildrop?.withoutRemovals(next)
    return kept === undefined || kept.count === 0 ? undefined : kept.outcome
  })
}

const limited: ReadonlySet<string> = new Set(['LIST', 'UIDL', 'RETR', 'DELE'])

/**
 * Refuses LIST, UIDL, RETR and DELE in a session that has been sent so many octets: the daily quota of Gmail, 1250 MB, and that of Zoho look like that (M62). It counts
 * the replies that pass it, all of them at `pop3.any`.
 *
 * @param octets How many octets are sent before it refuses; a reply that goes beyond them is whole.
 * @param text What stands behind `-ERR`.
 * @throws {Pop3ArgumentError} When the octets are no whole number from 0 up, or the text is not one line.
 */
export function quota(octets: number, text = 'bandwidth quota exceeded'): Fault {
  wholeNumber(octets, 'a quota in octets', 0)
  oneLine(text, 'the text of a refusal')
  const sent = new WeakMap<Situation['session'], number>()
  return named('quota', [octets, text], (effect) => async ({ command, session }, next) => {
    const isSpent = (sent.get(session) ?? 0) >= octets
    if (isSpent && limited.has(command?.verb ?? '')) return precededBy(reply.err(text), effect)
    return deliverThrough(await next(), async function* (steps) {
      for await (const step of steps) {
        if (step.type === 'write') sent.set(session, (sent.get(session) ?? 0) + step.octets.length)
        yield step
      }
    })
  })
}
