/** What cannot be composed. The library would leave an address out without a word, and read no file that is named instead of given. */
import { MailboxArgumentError } from '../argument-error.ts'
import type { ComposeOptions } from './compose.ts'
import { load } from './library.ts'

/** @throws {MailboxArgumentError} When the date is none, an address is none, or the content of a file or of the calendar is not there. */
export function checkOptions({ from, to, cc, replyTo, date = 0, attachments = [], calendar }: ComposeOptions): void {
  if (Number.isNaN(Number(date))) throw refused(`of "${String(date)}"`, 'a date')
  for (const written of [from, to, cc, replyTo].flat()) {
    if (typeof written !== 'string' || isAddress(written)) continue
    throw refused(`with the address "${written}"`, 'one such as "alice@example.com" or "Alice <alice@example.com>"')
  }
  for (const { filename, content } of attachments) {
    if (typeof content === 'string' || content instanceof Uint8Array) continue
    throw refused(`with the file "${filename}"`, 'its content, as octets or as text')
  }
  if (calendar !== undefined && typeof calendar.content !== 'string') {
    throw refused('with the calendar', 'its content, as text')
  }
}

/** Whether it is an address, a list of them, or a group (RFC 5322 section 3.4). */
function isAddress(written: string): boolean {
  const { default: parse } = load('nodemailer/lib/addressparser')
  const parsed = parse(written)
  return parsed.length > 0 && parsed.every(({ address, group }) => group !== undefined || /.@./.test(address))
}

const refused = (what: string, expected: string): MailboxArgumentError =>
  new MailboxArgumentError(`Cannot compose a message ${what}: expected ${expected}`)
