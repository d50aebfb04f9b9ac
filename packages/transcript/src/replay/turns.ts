/** A session as turns: what the client said, and all that the server did before the client said something else. */
import { decodeLatin1, decodeText } from '@pop3kit/codec'
import { withoutSecrets } from '../secrets.ts'
import type { TranscriptEvent, TranscriptSession } from '../transcript.ts'
import { hasBody } from '../verbs.ts'

const LF = 0x0a

/** What a server does. */
export type ServerEvent = Exclude<TranscriptEvent, { type: 'command' | 'note' }>

/** A turn. */
export interface Turn {
  /** What the client said, without its line end and without secrets; empty before the greeting. */
  readonly line: string
  /** What the server did. Pauses behind that are the client's and left out. */
  readonly events: readonly ServerEvent[]
}

/** The greeting first. A line that the client did not end is no turn. */
export function turnsOf({ events }: TranscriptSession): Turn[] {
  let own: ServerEvent[] = []
  const turns = [{ line: '', events: own }]
  let hasLeft = false
  for (const event of events) {
    if (event.type === 'command') {
      if (event.octets.at(-1) !== LF) continue
      own = []
      turns.push({ line: lineOf(event.octets), events: own })
    } else if (event.type === 'end' && event.by === 'client') hasLeft = true
    // A client that has left is followed, and that happens by itself.
    else if (event.type === 'reply' || (event.type !== 'note' && !hasLeft)) own.push(event)
  }
  for (const turn of turns) {
    while (turn.events.at(-1)?.type === 'pause') turn.events.pop()
  }
  return turns
}

const lineOf = (octets: Uint8Array): string => withoutSecrets(decodeText(octets).replace(/\r?\n$/, ''))

/** The same turns, and where several commands were sent ahead, each with the reply that was to it. */
export function answeredTurns(turns: readonly Turn[]): Turn[] {
  const waiting: string[] = []
  return turns.flatMap(({ line, events }) => {
    waiting.push(line)
    if (!events.some(({ type }) => type === 'reply')) return []
    const lines = waiting.splice(0)
    let rest = events
    return lines.map((each, index) => {
      const [own, others] = index === lines.length - 1 ? [rest, []] : splitBehindReply(rest, each)
      rest = others
      return { line: each, events: own }
    })
  })
}

/** The events up to the end of the first reply in them, and those behind it. */
function splitBehindReply(events: readonly ServerEvent[], command: string): [ServerEvent[], ServerEvent[]] {
  const text = events.map((event) => (event.type === 'reply' ? decodeLatin1(event.octets) : '')).join('')
  const isLong = command !== '' && hasBody(command) && text.startsWith('+OK')
  const reply = (isLong ? /^[^]*?\r?\n\.\r?\n/ : /^[^\n]*\n/).exec(text)?.[0] ?? text
  let room = reply.length
  const own: ServerEvent[] = []
  const others: ServerEvent[] = []
  for (const event of events) {
    if (event.type !== 'reply') {
      ;(room > 0 ? own : others).push(event)
      continue
    }
    const { octets } = event
    if (room > 0) own.push({ type: 'reply', octets: octets.subarray(0, room) })
    if (octets.length > room) others.push({ type: 'reply', octets: octets.subarray(room) })
    room = Math.max(0, room - octets.length)
  }
  return [own, others]
}
