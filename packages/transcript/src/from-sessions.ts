/** The sessions of a mock server as a transcript. Their records hold no secrets. */
import { concatOctets, encodeLatin1, encodeText } from '@pop3kit/codec'
import { type Entry, type SessionRecord, TranscriptWriter } from '@pop3kit/server'
import type { Transcript, TranscriptEvent } from './transcript.ts'

/** Silence that is shorter says nothing about the server (ms). */
export const shortestPause = 10

const lineEnd = encodeLatin1('\r\n')

/** What a mock server recorded, as a transcript. */
export function transcriptOf(sessions: readonly SessionRecord[]): Transcript {
  return { sessions: sessions.map(({ entries }) => ({ events: eventsOf(entries) })) }
}

function eventsOf(entries: readonly Entry[]): TranscriptEvent[] {
  const events: TranscriptEvent[] = []
  let last = entries[0]?.at ?? 0
  for (const entry of entries) {
    const silence = Math.round(entry.at - last)
    // A handshake takes the time that it takes.
    if (silence >= shortestPause && entry.type !== 'tls') events.push({ type: 'pause', ms: silence })
    last = entry.at
    if (entry.type === 'wait') {
      events.push({ type: 'pause', ms: Math.round(entry.ms) })
      last += entry.ms
    } else if (entry.type !== 'tls' || events.length > 0) events.push(...happened(entry))
  }
  return events
}

function happened(entry: Exclude<Entry, { type: 'wait' }>): TranscriptEvent[] {
  switch (entry.type) {
    case 'command':
    case 'response':
      return [said(entry.line)]
    case 'sent': {
      const { octets, count } = entry
      return [
        ...(octets.length > 0 ? [{ type: 'reply', octets } as const] : []),
        ...(count > octets.length ? [{ type: 'omitted', octets: count - octets.length } as const] : []),
      ]
    }
    case 'tls':
      return entry.error === undefined ? [{ type: 'tls' }] : notes(entry)
    case 'close':
      return [
        ...(entry.unfinished === undefined ? [] : [{ type: 'command', octets: encodeText(entry.unfinished) } as const]),
        { type: 'end', by: entry.by, how: entry.wire === 'reset' ? 'reset' : 'close' },
      ]
    default:
      return notes(entry)
  }
}

/** What the mock's own transcript says about it, behind `# `. */
const notes = (entry: Entry): TranscriptEvent[] =>
  new TranscriptWriter().lines(entry).map((line) => ({ type: 'note', text: line.slice(2) }))

const said = (line: string): TranscriptEvent => ({
  type: 'command',
  octets: concatOctets([encodeText(line), lineEnd]),
})
