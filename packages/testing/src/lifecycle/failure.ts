/** A failure, told with the sessions in which it happened. */
import type { Pop3Server } from '@pop3kit/server'
import { excerptOf } from '../text/excerpt.ts'

/** What a failure tells of the server of its test, as it is at this moment. */
export interface ServerReport {
  /** The transcripts of its sessions. */
  readonly sessions: string
  readonly seed: string
}

/** Takes down what a failure tells of a server. */
export function reportOf({ sessions, seed }: Pick<Pop3Server, 'sessions' | 'seed'>): ServerReport {
  return { sessions: excerptOf(sessions), seed: `Seed ${seed}` }
}

/** Says what a message does not say yet: an assertion about the server has said all of it. */
export function told(message: string, { sessions, seed }: ServerReport): string {
  const parts = [
    ...(message.includes(sessions) ? [] : [`The POP3 sessions of this test:\n\n${sessions}`]),
    ...(message.includes(`\n${seed}`) ? [] : [seed]),
  ]
  return [message, ...parts].join('\n\n')
}

/** An error as runners hand it on: thrown, or already taken to pieces. */
interface Telling {
  message: string
  stack?: string | undefined
}

/** Adds the report to an error, in its message and in its stack, of which runners show one or the other. */
export function tellSessions(error: unknown, report: ServerReport): unknown {
  if (!isTelling(error)) return error
  const { message, stack } = error
  error.message = told(message, report)
  if (stack === undefined || message === '' || stack.includes(error.message)) return error
  error.stack = stack.replace(message, () => error.message)
  return error
}

/** By its shape: errors come from other realms (Jest), and from other processes. */
const isTelling = (error: unknown): error is Telling =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
