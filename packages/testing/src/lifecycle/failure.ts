/** A failure, told with the sessions in which it happened. */
import type { Pop3Server } from '@pop3kit/server'
import { excerptOf } from '../text/excerpt.ts'

/** The first words of what is added; where they are there already, the assertion has told it. */
const heading = 'The POP3 sessions of this test'

/** What is added to a failure: the transcripts and the seed. */
export function sessionsOf(server: Pop3Server): string {
  return `${heading} (seed ${server.seed}):\n\n${excerptOf(server.sessions)}`
}

/** An error as runners hand it on: thrown, or already taken to pieces. */
interface Telling {
  message: string
  stack?: string | undefined
}

/** Adds the sessions to an error, in its message and in its stack, of which runners show one or the other. */
export function tellSessions(error: unknown, sessions: string): unknown {
  if (!isTelling(error) || error.message.includes(heading)) return error
  const { message, stack } = error
  error.message = `${message}\n\n${sessions}`
  if (stack !== undefined && !stack.includes(heading)) {
    const end = message === '' ? -1 : stack.indexOf(message)
    error.stack = end === -1 ? stack : `${stack.slice(0, end)}${error.message}${stack.slice(end + message.length)}`
  }
  return error
}

/** By its shape: errors come from other realms (Jest), and from other processes. */
const isTelling = (error: unknown): error is Telling =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
