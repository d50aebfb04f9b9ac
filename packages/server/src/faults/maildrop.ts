/** Faults of the maildrop: it changes under a session, or does not change when it should. */
import type { Situation } from '../handlers/handler.ts'
import { deliverThrough, precededBy, reply } from '../reply/reply.ts'
import { line, text, whole } from './arguments.ts'
import { type FaultMaker, answering, defineFault } from './fault.ts'
import { either, members, optional } from './kind.ts'

/** A message as JSON can hold it. */
export type ArrivingMessage = string | { readonly content: string; readonly uid?: string | undefined }

const content = text('a message', 'its text', /^/)

/**
 * Delivers a message before the command is carried out: the maildrop holds it, and the session that is open does not know it (RFC 1939
 * section 4). getmail lost count when mail came between UIDL and LIST (M35).
 *
 * @param message Its text, or that and its unique-id.
 */
export const arrive: FaultMaker<[message: ArrivingMessage]> = defineFault(
  'arrive',
  [
    either(
      'a message',
      content,
      members<Exclude<ArrivingMessage, string>>('a message', {
        content,
        uid: optional(text('a unique-id', '1 to 70 octets from 0x21 to 0x7E', /^[\x21-\x7e]{1,70}$/)),
      }),
    ),
  ],
  (message) =>
    answering(({ maildrop }, next) => {
      if (maildrop === undefined) return undefined
      maildrop.deliver(typeof message === 'string' ? { content: message } : message)
      return next()
    }),
)

/**
 * Removes the message that the session knows by this number before the command is carried out, as another client would: Dovecot says `Message 31
 * expunged.` then (M36).
 */
export const vanish: FaultMaker<[number: number]> = defineFault('vanish', [whole('a message number', 1)], (number) =>
  answering(({ maildrop, session }, next) => {
    const message = session.message(number)
    const isGone = message === undefined || maildrop?.remove([message]).length !== 1
    return isGone ? undefined : next()
  }),
)

/**
 * Lets QUIT remove nothing, whatever was marked deleted, and answer as it does: deletes that are accepted and not carried out (M41).
 */
export const keep: FaultMaker<[]> = defineFault('keep', [], () =>
  answering(async ({ maildrop }, next) => {
    const kept = await maildrop?.withoutRemovals(next)
    return kept === undefined || kept.count === 0 ? undefined : kept.outcome
  }),
)

const limited: ReadonlySet<string> = new Set(['LIST', 'UIDL', 'RETR', 'DELE'])

/**
 * Refuses LIST, UIDL, RETR and DELE in a session that has been sent so many octets: the daily quota of Gmail, 1250 MB, and that of Zoho look like that (M62). It counts
 * the replies that pass it, all of them at `pop3.any`.
 *
 * @param octets How many octets are sent before it refuses; a reply that goes beyond them is whole.
 * @param text What stands behind `-ERR`: `bandwidth quota exceeded`.
 */
export const quota: FaultMaker<[octets: number, text?: string]> = defineFault(
  'quota',
  [whole('a quota in octets', 0), optional(line('the text of a refusal'), 'bandwidth quota exceeded')],
  (octets, words) => {
    const sent = new WeakMap<Situation['session'], number>()
    return (effect) =>
      async ({ command, session }, next) => {
        const isSpent = (sent.get(session) ?? 0) >= octets
        if (isSpent && limited.has(command?.verb ?? '')) return precededBy(reply.err(words), effect)
        return deliverThrough(await next(), async function* (steps) {
          for await (const step of steps) {
            if (step.type === 'write') sent.set(session, (sent.get(session) ?? 0) + step.octets.length)
            yield step
          }
        })
      }
  },
)
