/** The mail that is in the maildrop under a fault, and which of it a client has. */
import { canonical, decodeLatin1, encodeLatin1 } from '@pop3kit/codec'
import { loadMailbox } from '@pop3kit/mailbox'
import { join } from 'node:path'
import { workspace } from '../lib/workspace.ts'
import type { FaultName } from './faults.ts'

export interface Mail {
  readonly file: string
  readonly content: Uint8Array
}

/** The seven messages that the real servers had, where a fault has none of its own. */
export async function mailFor(fault: FaultName): Promise<readonly Mail[]> {
  const own = ownMail[fault]?.map((body, index) => smallMail(index + 1, body))
  if (own !== undefined) return own
  const { messages } = await loadMailbox(join(workspace, 'fixtures/real-servers/messages'))
  // Each piece waits until the client has read the one before it, and there are a thousand lines.
  return fault === 'split-crlf' ? messages.slice(2, 4) : messages
}

/** A drip of the seven would take an hour; and all of them are UTF-8. */
const ownMail: Partial<Readonly<Record<FaultName, readonly string[]>>> = {
  drip: ['one', 'two'],
  latin1: ['caf\u00E9, na\u00EFve, \u00A35'],
}

function smallMail(number: number, body: string): Mail {
  return { file: `${number}.eml`, content: encodeLatin1(`Message-ID: <${number}@example.org>\r\n\r\n${body}\r\n`) }
}

/** As it comes out of a client that leaves it as it is: one character an octet. */
export function textOf({ content }: Mail): string {
  return decodeLatin1(canonical(content))
}

/** What a client has of each message, found by its Message-ID. */
export function sorted(mail: readonly Mail[], delivered: readonly string[]): (string | undefined)[] {
  const marks = mail.map((message) => /^Message-ID: .*/m.exec(textOf(message))?.[0] ?? message.file)
  return marks.map((mark) => delivered.find((text) => text.includes(mark)))
}
