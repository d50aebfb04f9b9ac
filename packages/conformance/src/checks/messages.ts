/** What checks read of a maildrop. Read leniently: whether a listing is well-formed is a check of its own. */
import { isResponseCode } from '@pop3kit/codec'
import { expectOk, expectThat } from '../expect.ts'
import { fail, notTestable } from '../verdict.ts'
import type { Conversation } from '../wire/conversation.ts'
import { bodyText, type RawBody } from '../wire/reply.ts'

/** Sends a command and reads its multi-line reply. A message that is refused without UTF8 (R91) tells nothing else. */
export async function ask(talk: Conversation, command: string): Promise<RawBody> {
  const answer = await talk.command(command)
  if (isResponseCode(answer.code, 'UTF8')) throw notTestable(`"${command}" is answered "${answer.line}"`)
  return talk.body(expectOk(answer))
}

/** Fetches a message, and reads it to its end. */
export const retrieve = (talk: Conversation, number: number): Promise<RawBody> => ask(talk, `RETR ${number}`)

/** The lines of a listing. */
export const listing = async (talk: Conversation, command: 'LIST' | 'UIDL'): Promise<string[]> =>
  bodyText(await ask(talk, command))

/** What follows the number in each line of a listing, by message-number. */
export async function listed(talk: Conversation, command: 'LIST' | 'UIDL'): Promise<ReadonlyMap<number, string>> {
  const rows = await listing(talk, command)
  return new Map(
    rows.map((row) => {
      const [, number, what = ''] = /^\s*(\d+)\s+(\S+)/.exec(row) ?? []
      if (number === undefined)
        throw fail(`Expected a number and what belongs to it in each line of ${command}, not "${row}"`)
      return [Number(number), what]
    }),
  )
}

/** The lines of CAPA. That it is answered at all is a check of its own. */
export async function capabilityLines(talk: Conversation): Promise<string[]> {
  const answer = await talk.command('CAPA')
  if (!answer.ok) throw notTestable(`CAPA is answered "${answer.line}"`)
  return bodyText(await talk.body(answer))
}

/** The count and the octets of a drop listing. */
export async function totals(talk: Conversation): Promise<{ messages: number; octets: number }> {
  const reply = expectOk(await talk.command('STAT'))
  const [, messages, octets] = /(\d+)\s+(\d+)/.exec(reply.text) ?? []
  expectThat(messages !== undefined, `Expected two numbers in the answer to "STAT", not "${reply.line}"`)
  return { messages: Number(messages), octets: Number(octets) }
}
