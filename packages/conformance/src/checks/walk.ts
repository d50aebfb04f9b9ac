/** A walk through the commands, for checks of what holds for every reply. */
import type { CheckContext } from '../context.ts'
import { expectThat, shown } from '../expect.ts'
import { notTestable, Verdict } from '../verdict.ts'
import type { Conversation } from '../wire/conversation.ts'
import type { RawBody, RawReply } from '../wire/reply.ts'

/** What was heard on the way. */
export interface Walk {
  readonly replies: readonly RawReply[]
  readonly bodies: readonly RawBody[]
}

/** What is asked before and after the login; those with several lines in their answer are marked. */
const before = [['NOOP'], ['CAPA', 'lines']] as const

function after(server: CheckContext): readonly (readonly [command: string, lines?: 'lines'])[] {
  const { number } = server.count === 0 ? { number: 1 } : server.message
  return [
    ['STAT'],
    ['LIST', 'lines'],
    [`LIST ${number}`],
    [`LIST ${server.missing}`],
    ['UIDL', 'lines'],
    [`UIDL ${number}`],
    [`RETR ${number}`, 'lines'],
    [`TOP ${number} 0`, 'lines'],
    ['NOOP'],
    ['RSET'],
    ['CAPA', 'lines'],
    [`RETR ${server.missing}`],
  ]
}

/** Walks as far as the server goes along; what comes to a stop there is for other checks to say. */
export async function walk(server: CheckContext): Promise<Walk> {
  const replies: RawReply[] = []
  const bodies: RawBody[] = []
  const ask = async (talk: Conversation, command: string, lines: 'lines' | undefined): Promise<void> => {
    const reply = await talk.command(command)
    replies.push(reply)
    if (reply.ok && lines === 'lines') bodies.push(await talk.body(reply))
  }
  try {
    const greeted = await server.greeted()
    replies.push(greeted.greeting)
    for (const [command, lines] of before) await ask(greeted.talk, command, lines)
    replies.push(await server.logIn(greeted))
    for (const [command, lines] of after(server)) await ask(greeted.talk, command, lines)
  } catch (error) {
    if (!(error instanceof Verdict)) throw error
  }
  if (replies.length === 0) throw notTestable('The server answers nothing')
  return { replies, bodies }
}

/** Fails at the first reply of a walk that is not as it should be. */
export async function eachReply(
  server: CheckContext,
  isRight: (reply: RawReply) => boolean,
  expected: string,
): Promise<void> {
  const { replies } = await walk(server)
  for (const reply of replies) expectThat(isRight(reply), `Expected ${expected} to ${reply.to}, not "${shown(reply)}"`)
}
