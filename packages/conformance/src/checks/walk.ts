/** A walk through the commands, for checks of what holds for every reply. */
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectThat, shown } from '../expect.ts'
import { notTestable, Verdict } from '../verdict.ts'
import type { Conversation } from '../wire/conversation.ts'
import type { RawBody, RawReply } from '../wire/reply.ts'

/** What was heard on the way. */
interface Walk {
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
    const answer = await server.logIn(greeted)
    replies.push(answer)
    if (!answer.ok) throw notTestable(`The login is refused: "${shown(answer)}"`)
    for (const [command, lines] of after(server)) await ask(greeted.talk, command, lines)
  } catch (error) {
    if (!(error instanceof Verdict) || error.outcome === 'not testable') throw error
  }
  return { replies, bodies }
}

/** Fails at the first reply that is not as it should be. */
export function expectEach(
  replies: readonly RawReply[],
  isRight: (reply: RawReply) => boolean,
  expected: string,
): void {
  for (const reply of replies) expectThat(isRight(reply), `Expected ${expected} to ${reply.to}, not "${shown(reply)}"`)
}

/** A check of what holds for every reply. */
export const eachReply =
  (isRight: (reply: RawReply) => boolean, expected: string): Check['run'] =>
  async (server) =>
    expectEach((await walk(server)).replies, isRight, expected)
