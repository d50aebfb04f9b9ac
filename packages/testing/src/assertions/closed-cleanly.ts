/** How sessions ended: with QUIT, and with its acknowledgement (R24, R38). */
import type { SessionRecord } from '@pop3kit/server'
import { messageOf } from '../text/message.ts'
import { known } from '../subject.ts'
import type { AssertionOutcome } from './outcome.ts'

/** Whether a session, or every session of a server, said QUIT and was answered +OK. */
export function closedCleanly(subject: unknown): AssertionOutcome {
  const about = known('the end', subject, ['session', 'server'])
  const flaws = about.sessions.flatMap((session) => {
    const flaw = flawOf(session)
    return flaw === undefined ? [] : [`Session ${session.id} ${flaw}`]
  })
  const pass = about.sessions.length > 0 && flaws.length === 0
  return {
    pass,
    message: () =>
      messageOf(about, {
        headline: pass
          ? `Expected ${about.name} not to have ended with QUIT and its acknowledgement`
          : `Expected ${about.name} to have ended with QUIT and its acknowledgement`,
        hints: flaws,
      }),
  }
}

/** What is wrong with the end of a session. */
function flawOf({ entries, open }: SessionRecord): string | undefined {
  const quit = entries.findLastIndex((entry) => entry.type === 'command' && entry.verb === 'QUIT')
  if (quit === -1) {
    if (open) return 'is open and has not said QUIT'
    const end = entries.findLast((entry) => entry.type === 'close')
    return `was closed by the ${end?.by} (${end?.how}) without QUIT`
  }
  const answer = entries
    .slice(quit)
    .flatMap((entry) => (entry.type === 'sent' ? [...entry.octets.subarray(0, firstLine)] : []))
  const text = String.fromCharCode(...answer)
  if (!text.includes('\n')) return 'said QUIT and was not answered'
  return /^\+OK/i.test(text) ? undefined : `said QUIT and was answered "${text.split('\r\n', 1).join('')}"`
}

/** Octets of the answer that are looked at: a response line has no more (RFC 2449 section 4). */
const firstLine = 512
