/** Replays sessions that were captured from real servers against a mock server. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import { finished } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { connect } from 'node:tls'
import type { Pop3Server } from '@pop3kit/server'
import { digestOfToday } from './captured-digest.ts'

/** A captured case; fixtures/real-servers/README.md has the format. */
export interface CapturedCase {
  readonly case: string
  readonly steps: readonly CapturedStep[]
}

interface CapturedStep {
  readonly session?: string
  readonly c?: string
  readonly s?: string
  readonly note?: string
  readonly closed?: string
}

const clientHello = readFileSync(new URL('../fixtures/real-servers/client-hello.bin', import.meta.url))

/** Comes when a server that has not closed by now, or has not done its part of a handshake, is not about to. */
const late = (): Promise<void> => setTimeout(2000, undefined, { ref: false })

/** One connection of a case. */
class Conversation {
  stream: Duplex
  /** Settles when the server has closed. */
  readonly ended: Promise<void>
  /** What the server has said since it was last compared. */
  heard = ''
  /** Everything that the server has said, when it was captured and now. */
  readonly said = { captured: '', now: '' }
  /** What the client sent last. */
  sent = ''
  closed: 'closed' | 'reset' | undefined
  #end: () => void = () => {}

  constructor(stream: Duplex) {
    this.stream = stream
    this.ended = new Promise((resolve) => (this.#end = resolve))
    this.#listenTo(stream)
  }

  send(octets: string | Buffer): void {
    this.stream.write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets)
  }

  /** Does the TLS handshake. */
  async secure(): Promise<void> {
    this.stream.removeAllListeners('data')
    const secured = connect({ socket: this.stream, rejectUnauthorized: false })
    this.stream = secured
    this.#listenTo(secured)
    await Promise.race([once(secured, 'secureConnect'), late()])
  }

  #listenTo(stream: Duplex): void {
    stream.on('data', (octets: Buffer) => {
      this.heard += octets.toString('latin1')
      this.said.now += octets.toString('latin1')
    })
    finished(stream, { writable: false }, (error) => {
      this.closed ??= error === null || error === undefined ? 'closed' : 'reset'
      this.#end()
    })
  }
}

/** What the captures abbreviate. */
function sentOctets(text: string): string | Buffer {
  const line = /^(NOOP )x+\.\.\.<line of (\d+) octets in all>\r\n$/.exec(text)
  if (line !== null) return `${line[1]}${'x'.repeat(Number(line[2]) - 'NOOP \r\n'.length)}\r\n`
  if (text.startsWith('<1048576 x')) return 'x'.repeat(1_048_576)
  return text === '<TLS ClientHello>' ? clientHello : text
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
  const open = (): Conversation =>
    new Conversation(server.connect({ tls: name.startsWith('pop3s') ? 'implicit' : 'none' }))
  for (const { session = '1', c, s, note, closed } of steps) {
    const conversation = conversations.get(session) ?? open()
    conversations.set(session, conversation)
    await settled()
    if (c?.startsWith('<280 times') === true) {
      conversation.stream.pause()
      conversation.send('RETR 1\r\n'.repeat(280))
    } else if (c !== undefined) {
      conversation.sent = c
      conversation.send(sentOctets(digestOfToday(c, conversation.said)))
      if (name.startsWith('half-close')) conversation.stream.end()
    } else if (note !== undefined) {
      await act(note, conversation, server)
      await settled()
      // Of what was said meanwhile the captures have the last line, or nothing.
      const last = /[^\n]*\n$/.exec(conversation.said.now)?.[0] ?? ''
      if (note.includes('in all')) conversation.heard = last
      else if (!note.startsWith('TLS')) conversation.heard = ''
    } else {
      if (same(conversation.heard) !== same(s ?? ''))
        return `${excerpt(conversation.heard)} instead of ${excerpt(s ?? '')}`
      if (closed !== undefined) await Promise.race([conversation.ended, late()])
      if (conversation.closed !== closed) return `${conversation.closed ?? 'open'} instead of ${closed ?? 'open'}`
      conversation.heard = ''
      conversation.said.captured += s ?? ''
    }
  }
  return undefined
}

/** Does what a note says was done. */
async function act(note: string, conversation: Conversation, server: Pop3Server): Promise<void> {
  const unknownCommands = /(\d+) unknown commands sent in all/.exec(note)
  if (note.startsWith('(logged in')) conversation.send('USER alice\r\nPASS wonderland\r\n')
  else if (note.startsWith('TLS handshake')) await conversation.secure()
  else if (unknownCommands !== null) {
    // The step behind the note sends the last of them.
    const next = Number(/\d+/.exec(conversation.sent)?.[0]) + 1
    for (let number = next; number < Number(unknownCommands[1]) - 1; number += 1) conversation.send(`FOO${number}\r\n`)
  } else if (note.startsWith('client closes')) conversation.stream.end()
  else if (note.startsWith('client sends RST')) conversation.stream.destroy()
  else if (note.startsWith('a message of 785 octets')) {
    server.maildrop('alice').deliver(() => server.maildrop('alice').messages[2]?.bytes() ?? '')
  } else if (note.startsWith('stored file of message 1 removed')) server.maildrop('alice').expunge(1)
}

const excerpt = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
