/** What the assertions are about: a server, a session or a maildrop, of whatever copy of the package. */
import type { Maildrop, Pop3Server, SessionRecord } from '@pop3kit/server'
import { SubjectError } from './errors.ts'

type Kind = 'server' | 'session' | 'maildrop'

/** What is known of a subject. */
export interface Known {
  /** What it is called in a message: `the server`, `session 1`, `the maildrop of "alice"`. */
  readonly name: string
  /** Its sessions, the oldest first. */
  readonly sessions: readonly SessionRecord[]
  /** The seed, where it is known. */
  readonly seed: number | undefined
}

/**
 * Tells what a subject is. Not by its class: `import` and `require` give two copies of each.
 *
 * @param what - what is asked of it, for the error
 * @throws {SubjectError} When it is none that the assertion is for.
 */
export function known(what: string, subject: unknown, kinds: readonly Kind[]): Known {
  if (isMaildrop(subject) && kinds.includes('maildrop')) {
    return { name: `the maildrop of "${subject.user}"`, sessions: subject.sessions, seed: undefined }
  }
  if (isServer(subject) && kinds.includes('server')) {
    return { name: 'the server', sessions: subject.sessions, seed: subject.seed }
  }
  if (isSession(subject) && kinds.includes('session')) {
    return { name: `session ${subject.id}`, sessions: [subject], seed: undefined }
  }
  throw new SubjectError(what, subject, kinds)
}

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => name in value)

/** Whether it is a server. */
export const isServer = (value: unknown): value is Pop3Server => has(value, 'sessions', 'maildrop', 'use', 'listen')

/** Whether it is the record of a session. */
export const isSession = (value: unknown): value is SessionRecord => has(value, 'entries', 'commands', 'transcript')

/** Whether it is a maildrop. */
export const isMaildrop = (value: unknown): value is Maildrop => has(value, 'messages', 'deliver', 'expunge')
