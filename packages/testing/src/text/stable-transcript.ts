/** Transcripts that are the same in every run: without the timestamp of APOP and what is said in a SASL exchange. */
import type { Pop3Server, SessionRecord } from '@pop3kit/server'
import { isServer } from '../subject.ts'

/** The transcript of a session or of all sessions of a server, the same in every run. Ports and times are in none. */
export function stableTranscript(subject: Pop3Server | SessionRecord): string {
  if (!isServer(subject)) return stableLines(subject.transcript())
  const { sessions } = subject
  const [first] = sessions
  if (first !== undefined && sessions.length === 1) return stableLines(first.transcript())
  return sessions.map((session) => `# session ${session.id}\n${stableLines(session.transcript())}`).join('\n')
}

function stableLines(transcript: string): string {
  let isGreeting = true
  let isExchange = false
  // The timestamp of APOP holds a nonce (RFC 1939 section 7), and so do challenges (RFC 5034 section 4).
  const lines = transcript.split('\n').map((line) => {
    if (line.startsWith('C: ')) {
      isGreeting = false
      isExchange = /^C: (AUTH |\*\*\*$)/i.test(line)
    }
    if (isGreeting) return line.replace(/<[^<>\s]+@[^<>\s]+>/, '<***>')
    return isExchange ? line.replace(/^S: \+ .+$/, 'S: + ***') : line
  })
  return lines.join('\n').trimEnd()
}
