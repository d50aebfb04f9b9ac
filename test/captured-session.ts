/** Replays sessions that were captured from real servers against a mock server. */
import type { Duplex } from 'node:stream'
import { finished } from 'node:stream'
import type { Pop3Server } from '@pop3kit/server'

/** A captured case; fixtures/real-servers/README.md has the format. */
export interface CapturedCase {
  readonly case: string
  readonly title: string
  readonly steps: readonly CapturedStep[]
}

interface CapturedStep {
  readonly session?: string
  readonly c?: string
  readonly s?: string
  readonly note?: string
  readonly closed?: string
}

/** One connection of a case. */
class Conversation {
  readonly stream: Duplex
  /** Settles when the server has closed. */
  readonly ended: Promise<void>
  heard = ''
  closed = false

  constructor(stream: Duplex) {
    this.stream = stream
    stream.on('data', (octets: Buffer) => (this.heard += octets.toString('latin1')))
    this.ended = new Promise((resolve) => {
      finished(stream, { writable: false }, () => {
        this.closed = true
        resolve()
      })
    })
  }

  send(octets: string): void {
    this.stream.write(Buffer.from(octets, 'latin1'))
  }
}

/** What the captures abbreviate. */
function sentOctets(text: string): string {
  const line = /^(NOOP )x+\.\.\.<line of (\d+) octets in all>\r\n$/.exec(text)
  if (line !== null) return `${line[1]}${'x'.repeat(Number(line[2]) - 'NOOP \r\n'.length)}\r\n`
  if (text.startsWith('<1048576 x')) return 'x'.repeat(1_048_576)
  return text
}

/**
 * Plays the client of a case against a server on a virtual clock; says where the server first answers otherwise, or nothing.
 * `same` makes of two texts that may differ the same one.
 */
export async function replay(
  { case: name, steps }: CapturedCase,
  server: Pop3Server,
  same: (text: string) => string,
): Promise<string | undefined> {
  const conversations = new Map<string, Conversation>()
  const settled = (): Promise<void> => server.clock.advance(0)
  for (const { session = '1', c, s, note, closed } of steps) {
    const conversation = conversations.get(session) ?? new Conversation(server.connect())
    conversations.set(session, conversation)
    await settled()
    if (c?.startsWith('<280 times') === true) {
      conversation.stream.pause()
      conversation.send('RETR 1\r\n'.repeat(280))
    } else if (c !== undefined) {
      conversation.send(sentOctets(c))
      if (name.startsWith('half-close')) conversation.stream.end()
    } else if (note !== undefined) {
      act(note, conversation, server)
      await settled()
      // Of what was said meanwhile the captures have the last line, or nothing.
      conversation.heard = note.includes('in all') ? (/[^\n]*\n$/.exec(conversation.heard)?.[0] ?? '') : ''
    } else {
      if (same(conversation.heard) !== same(s ?? ''))
        return `${excerpt(conversation.heard)} instead of ${excerpt(s ?? '')}`
      if (closed !== undefined) await conversation.ended
      else if (conversation.closed) return 'it closes'
      conversation.heard = ''
    }
  }
  return undefined
}

/** Does what a note says was done. */
function act(note: string, conversation: Conversation, server: Pop3Server): void {
  if (note.startsWith('(logged in')) conversation.send('USER alice\r\nPASS wonderland\r\n')
  else if (note.includes('40 unknown commands')) {
    for (let number = 2; number < 39; number += 1) conversation.send(`FOO${number}\r\n`)
  } else if (note.startsWith('client closes')) conversation.stream.end()
  else if (note.startsWith('client sends RST')) conversation.stream.destroy()
  else if (note.startsWith('a message of 785 octets')) {
    server.maildrop('alice').deliver(() => server.maildrop('alice').messages[2]?.bytes() ?? '')
  } else if (note.startsWith('stored file of message 1 removed')) server.maildrop('alice').expunge(1)
}

const excerpt = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
