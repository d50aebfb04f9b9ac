/** What the notes of a case say is done beside sending. Each gives the steps that it adds to the captured case. */
import { setTimeout } from 'node:timers/promises'
import type { Step } from './captured-case.ts'
import { Conversation } from './conversation.ts'
import { messages } from './maildrop.ts'
import type { Session } from './session.ts'

type Act = (session: Session, note: string, detail: string) => Promise<readonly Step[]>

/** Those that come first in a connection open it in their own way. */
const acts: readonly (readonly [RegExp, Act])[] = [
  [
    /^\(over implicit TLS\)$/,
    async (session, note) => [
      { note },
      ...(await session.open(new Conversation(session.server.tlsPort, { tls: true }))),
    ],
  ],
  [
    /^\((plain text to the implicit TLS port|before the greeting)\)$/,
    async (session, note, where) => {
      const { port, tlsPort } = session.server
      session.connect(new Conversation(where === 'before the greeting' ? port : tlsPort))
      return [{ note }]
    },
  ],
  [/^\(logged in as (\w+)\)$/, afterGreeting((session, user) => session.logIn(user))],
  [
    /^TLS handshake/,
    async (session) => {
      const opening = await session.open()
      if (session.conversation.closed) return [...opening, { note: 'TLS handshake failed' }]
      const note = await session.conversation.startTls()
      // Nothing is to come now, unless the server has kept something from before the handshake.
      const unasked = (await session.hear(0.5)).filter(({ noReplyWithin }) => noReplyWithin === undefined)
      return [...opening, { note }, ...unasked]
    },
  ],
  [
    /^\(one octet a packet\)$/,
    afterGreeting(async (session) => {
      session.octetByOctet = true
    }),
  ],
  [
    /^client half-closes behind what it sends next$/,
    afterGreeting(async (session) => {
      session.halfClosesBehind = true
    }),
  ],
  [
    /^client half-closes$/,
    async (session, note) => {
      const opening = await session.open()
      session.conversation.halfClose()
      return [...opening, { note }, ...(await session.hear())]
    },
  ],
  [/^client closes without QUIT$/, afterGreeting((session) => session.close())],
  [/^client sends RST$/, afterGreeting(async (session) => session.conversation.reset())],
  [
    /^client waits (\d+) s$/,
    async (session, note, seconds) => {
      const opening = await session.open()
      await setTimeout(Number(seconds) * 1000)
      const meanwhile = (await session.hear(0)).filter(({ noReplyWithin }) => noReplyWithin === undefined)
      return [...opening, { note }, ...meanwhile]
    },
  ],
  [
    /^a message of 785 octets is delivered$/,
    afterGreeting(({ server }) => server.maildrop.deliver(messages[2] ?? new Uint8Array())),
  ],
  [
    /^stored file of message (\d+) removed from outside$/,
    afterGreeting(({ server }, number) => server.maildrop.loseFile(Number(number))),
  ],
  [
    /^\.\.\. (\d+) unknown commands sent in all/,
    async (session, note, count) => {
      const sent = Number(/^FOO(\d+)/.exec(session.lastSent)?.[1])
      for (let number = sent + 1; number < Number(count) - 1; number += 1) await session.send(`FOO${number}\r\n`)
      return [{ note }, ...session.lastAnswer]
    },
  ],
  [/^challenge decodes to /, async () => []],
]

export async function act(session: Session, note: string): Promise<readonly Step[]> {
  for (const [pattern, act] of acts) {
    const match = pattern.exec(note)
    if (match !== null) return act(session, note, match[1] ?? '')
  }
  throw new Error(`Cannot do what the note "${note}" says`)
}

function afterGreeting(action: (session: Session, detail: string) => Promise<void>): Act {
  return async (session, note, detail) => {
    const opening = await session.open()
    await action(session, detail)
    return [...opening, { note }]
  }
}
