/** Byte-stuffing: a line that begins with a dot gets another one (RFC 1939 section 3). */
import { excerptOf } from '@pop3kit/codec'
import type { Check } from '../check.ts'
import type { CheckContext, MessageFacts } from '../context.ts'
import { expectNothingMore, expectOk, expectThat } from '../expect.ts'
import { notTestable } from '../verdict.ts'
import { bodyOctets } from '../wire/reply.ts'
import { sameOctets } from './octets.ts'

const DOT = 0x2e
const LF = 0x0a

const beginsWithDot = ({ known }: MessageFacts): boolean => known?.content?.[0] === DOT

const hasDottedLine = ({ known }: MessageFacts): boolean =>
  known?.content?.some((octet, at, octets) => octet === DOT && (at === 0 || octets[at - 1] === LF)) === true

/** Those of the known messages that will show it; where nothing is known any message may. */
function candidates(server: CheckContext, shows: (message: MessageFacts) => boolean): readonly MessageFacts[] {
  const { messages } = server
  return messages.some(({ known }) => known?.content !== undefined) ? messages.filter(shows) : messages
}

/** Fetches messages and looks at each line that begins with a dot; of a known message every octet must be right. */
async function expectStuffed(
  server: CheckContext,
  messages: readonly MessageFacts[],
  commandFor: (number: number) => string,
  nothing = 'No line of the messages begins with a dot',
): Promise<void> {
  if (messages.length === 0) throw notTestable(nothing)
  let dotted = 0
  const talk = await server.login()
  for (const { number, known } of messages) {
    const reply = expectOk(await talk.command(commandFor(number)))
    const body = await talk.body(reply)
    for (const { octets } of body.lines.filter(({ octets }) => octets[0] === DOT)) {
      dotted += 1
      expectThat(
        octets[1] === DOT,
        `Expected two dots before the line "${excerptOf(octets)}" of the answer to ${reply.to}`,
      )
    }
    if (known?.content !== undefined) {
      const isWhole = sameOctets(bodyOctets(body), known.content)
      expectThat(
        isWhole,
        `Expected all ${known.content.length} octets of message ${number} in the answer to ${reply.to}, dots included`,
      )
    }
    // A lone dot that was not stuffed ends the body early: the rest of it would come now.
    await expectNothingMore(talk, 'TRANSACTION', commandFor(number))
  }
  if (dotted === 0) throw notTestable(nothing)
}

export const stuffingChecks: readonly Check[] = [
  {
    id: 'stuffing-retr',
    requirement: 'R8',
    level: 'MUST',
    title: 'RETR stuffs every line that begins with a dot',
    needs: ['message'],
    run: (server) => expectStuffed(server, candidates(server, hasDottedLine), (number) => `RETR ${number}`),
  },
  {
    id: 'stuffing-top',
    requirement: 'R8',
    level: 'MUST',
    title: 'TOP stuffs every line that begins with a dot',
    needs: ['message', 'TOP'],
    run: (server) => expectStuffed(server, candidates(server, hasDottedLine), (number) => `TOP ${number} 999999`),
  },
  {
    id: 'stuffing-first-line',
    requirement: 'R8',
    level: 'MUST',
    title: 'A dot at the very beginning of a message is stuffed, too',
    needs: ['message', 'known content'],
    run: (server) =>
      expectStuffed(
        server,
        candidates(server, beginsWithDot),
        (number) => `RETR ${number}`,
        'No message begins with a dot',
      ),
  },
]
