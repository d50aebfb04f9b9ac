/** Replays sessions that were captured from real servers against a mock server. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type Duplex, finished } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { connect } from 'node:tls'
import type { Pop3Server } from '@pop3kit/server'
import type { Case } from '../scripts/real-servers/captured-case.ts'
import { answerChallenges } from '../scripts/real-servers/challenge.ts'
import { playable } from '../scripts/real-servers/compare.ts'
import { messages } from '../scripts/real-servers/maildrop.ts'
import { same } from '../scripts/real-servers/same.ts'
import { inFull } from '../scripts/real-servers/session.ts'

const passwords: Readonly<Record<string, string>> = { alice: 'wonderland', bob: 'builder' }

const clientHello = readFileSync(new URL('../fixtures/real-servers/client-hello.bin', import.meta.url))

/** Comes when a server that has not closed by now, or has not done its part of a handshake, is not about to. */
const late = (): Promise<void> => setTimeout(2000, undefined, { ref: false })

/** One connection of a case. */
class Conversation {
  stream: Duplex
  /** Settles when the server has closed. */
  readonly ended: Promise<void>
  /** Everything that the server has said, and what of it has not been compared. */
  said = ''
  heard = ''
  /** What the client sent last. */
  sent = ''
  octetByOctet = false
  halfClosesBehind = false
  closed: 'closed' | 'reset' | undefined
  #end: () => void = () => {}

  constructor(stream: Duplex) {
    this.stream = stream
    this.ended = new Promise((resolve) => (this.#end = resolve))
    this.#listenTo(stream)
  }

  /** Does the TLS handshake. */
  async secure(): Promise<void> {
    this.stream.removeAllListeners('data')
    const secured = connect({ socket: this.stream, rejectUnauthorized: false })
    this.stream = secured
    this.#listenTo(secured)
    await Promise.race([once(secured, 'secureConnect'), this.ended, late()])
  }

  #listenTo(stream: Duplex): void {
    stream.on('data', (octets: Buffer) => {
      this.said += octets.toString('latin1')
      this.heard += octets.toString('latin1')
    })
    finished(stream, { writable: false }, (error) => {
      this.closed ??= error === null || error === undefined ? 'closed' : 'reset'
      this.#end()
    })
  }
}

/**
 * Plays the client of a case against a server on a virtual clock; says where the server first answers otherwise, or nothing. What
 * differs from run to run may differ.
 */
export async function replay(captured: Case, server: Pop3Server): Promise<string | undefined> {
  const conversations = new Map<string, Conversation>()
  for (const { session = '1', c, s, note, closed } of playable(captured).steps) {
    const conversation = conversations.get(session) ?? new Conversation(server.connect({ tls: tlsOf(note) }))
    conversations.set(session, conversation)
    if (note !== '(before the greeting)') await server.clock.advance(0)
    if (c !== undefined) await send(c, conversation, server)
    else if (note !== undefined) await act(note, conversation, server)
    else {
      if (closed !== undefined) await Promise.race([conversation.ended, late()])
      const difference =
        same(conversation.heard) === same(s ?? '')
          ? conversation.closed !== closed && `${conversation.closed ?? 'open'} instead of ${closed ?? 'open'}`
          : `${excerpt(conversation.heard)} instead of ${excerpt(s ?? '')}`
      if (difference !== false) return difference
      conversation.heard = ''
    }
  }
  return undefined
}

const tlsOf = (note = ''): 'implicit' | 'none' => (note.includes('implicit TLS') ? 'implicit' : 'none')

async function send(c: string, conversation: Conversation, server: Pop3Server): Promise<void> {
  const { stream } = conversation
  conversation.sent = c
  if (conversation.closed !== undefined) return
  if (c.endsWith('then the client reads nothing>')) stream.pause()
  const text = inFull(answerChallenges(c, conversation.said))
  const octets = c === '<TLS ClientHello>' ? clientHello : Buffer.from(text, 'latin1')
  if (conversation.octetByOctet) {
    for (const octet of octets) {
      stream.write(Uint8Array.of(octet))
      await server.clock.advance(0)
    }
  } else stream.write(octets)
  if (conversation.halfClosesBehind) stream.end()
}

/** Does what a note says was done. */
async function act(note: string, conversation: Conversation, server: Pop3Server): Promise<void> {
  const { stream } = conversation
  const number = Number(/\d+/.exec(note)?.[0])
  const user = /^\(logged in as (\w+)/.exec(note)?.[1]
  if (user !== undefined) {
    stream.write(`USER ${user}\r\n`)
    await server.clock.advance(0)
    stream.write(`PASS ${passwords[user]}\r\n`)
    await server.clock.advance(0)
    conversation.heard = ''
  } else if (note === '(over implicit TLS)' || note.startsWith('TLS handshake')) await conversation.secure()
  else if (note === '(one octet a packet)') conversation.octetByOctet = true
  else if (note === 'client half-closes behind what it sends next') conversation.halfClosesBehind = true
  else if (note === 'client half-closes' || note === 'client closes without QUIT') stream.end()
  else if (note === 'client sends RST') stream.destroy()
  else if (note.startsWith('client waits')) await server.clock.advance(`${number}s`)
  else if (note.includes('unknown commands sent in all')) {
    // The step behind the note sends the last of them, and of the answers before that the captures have one.
    for (let next = Number(/\d+/.exec(conversation.sent)?.[0]) + 1; next < number - 1; next += 1) {
      stream.write(`FOO${next}\r\n`)
      await server.clock.advance(0)
    }
    conversation.heard = /[^\n]*\n$/.exec(conversation.said)?.[0] ?? ''
  } else if (note.startsWith('a message of 785 octets')) {
    server.maildrop('alice').deliver(messages[2] ?? '')
  } else if (note.startsWith('stored file of message')) server.maildrop('alice').expunge(number)
}

const excerpt = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
