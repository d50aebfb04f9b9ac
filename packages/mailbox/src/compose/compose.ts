/** Makes messages of what is in them (RFC 5322, MIME): the same octets for the same input, always. */
import { createHash } from 'node:crypto'
import type MimeNode from 'nodemailer/lib/mime-node'
import { checkOptions } from './check.ts'
import { load } from './library.ts'
import { render } from './render.ts'

/** A file that is attached to a message. */
export interface ComposeAttachment {
  /** Its name. */
  readonly filename: string
  /** Its octets, or text that is sent as UTF-8. It goes as base64, unless it is a message itself. */
  readonly content: Uint8Array | string
  /** Its media type; without it, the one that goes with the name. */
  readonly contentType?: string
  /** The Content-ID under which the HTML shows it (RFC 2392): `<img src="cid:logo">`. */
  readonly cid?: string
}

/** A calendar object that a message is about (RFC 6047). */
export interface ComposeCalendar {
  /** What is to be done with it: `REQUEST`, `CANCEL`, `REPLY` ... (RFC 5546), the same as METHOD in the object. */
  readonly method: string
  /** The iCalendar object itself (RFC 5545). It goes twice, as most programs send it: beside the text, and as a file `invite.ics`. */
  readonly content: string
}

/** What is in a message. Addresses are as in a header: `alice@example.com` or `Alice <alice@example.com>`. */
export interface ComposeOptions {
  /** Who wrote it. */
  readonly from: string
  /** Whom it is for. */
  readonly to?: string | readonly string[]
  /** Who has a copy. */
  readonly cc?: string | readonly string[]
  /** Where answers go. */
  readonly replyTo?: string
  /** What it is about, in any characters. */
  readonly subject?: string
  /** The text. With {@link html}, it is the other one of two alternatives. */
  readonly text?: string
  /** The text in HTML. */
  readonly html?: string
  /** What is attached. */
  readonly attachments?: readonly ComposeAttachment[]
  /** An invitation and its like. */
  readonly calendar?: ComposeCalendar
  /** The Message-ID of what this answers. */
  readonly inReplyTo?: string
  /** The Message-IDs of the thread, oldest first. */
  readonly references?: readonly string[]
  /** Other fields of the header; a list gives a field several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** When it was written, in milliseconds since the epoch; the beginning of 2026 in UTC unless you say otherwise. */
  readonly date?: number | Date
  /** Its Message-ID; one made from the rest of the message unless you say otherwise. */
  readonly messageId?: string
}

const usualDate = Date.UTC(2026, 0, 1)

/**
 * Makes a message: lines that end with CRLF, and the same octets for the same input on every machine. Nothing in it is random or of today:
 * the boundaries and the Message-ID are made from the rest of the message. The library behind it is loaded at the first call.
 *
 * @throws {MailboxArgumentError} When the date is none, an address is none, or the content of a file or of the calendar is not there.
 *
 * @example Compose a message with an attachment
 * ```ts
 * import assert from 'node:assert/strict'
 * import { compose } from '@pop3kit/mailbox'
 *
 * const invoice = {
 *   from: 'Billing <billing@example.com>',
 *   to: 'alice@example.com',
 *   subject: 'Invoice 2026-11',
 *   text: 'Please pay.',
 *   attachments: [{ filename: 'invoice.pdf', content: new Uint8Array([0x25, 0x50, 0x44, 0x46]) }],
 * }
 * const message = compose(invoice) // octets, as a maildrop takes them
 * assert.match(new TextDecoder().decode(message), /^Subject: Invoice 2026-11\r$/m)
 * assert.deepEqual(compose(invoice), message)
 * ```
 */
export function compose(options: ComposeOptions): Uint8Array {
  checkOptions(options)
  const draft = render(treeOf(options, 'draft'))
  return render(treeOf(options, createHash('sha256').update(draft).digest('hex').slice(0, 32)))
}

/** @param identity What boundaries and Message-ID are made from. */
export function treeOf(options: ComposeOptions, identity: string): MimeNode {
  const { to, cc, attachments = [], calendar, references, headers = {}, date = usualDate, ...rest } = options
  const { default: MailComposer } = load('nodemailer/lib/mail-composer')
  return new MailComposer({
    messageId: `<${identity}@mailbox.invalid>`,
    ...rest,
    ...(to !== undefined && { to: [to].flat() }),
    ...(cc !== undefined && { cc: [cc].flat() }),
    ...(references !== undefined && { references: references.join(' ') }),
    ...(calendar !== undefined && { icalEvent: { ...calendar, content: withCrlf(calendar.content) } }),
    attachments: attachments.map(({ content, ...about }) => ({ ...about, content: Buffer.from(content) })),
    headers: Object.entries(headers).flatMap(([key, values]) => [values].flat().map((value) => ({ key, value }))),
    date: new Date(date),
    baseBoundary: identity,
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
}

/** An iCalendar object has CRLF line ends (RFC 5545 section 3.1), in a file that is attached, too. */
const withCrlf = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n')
