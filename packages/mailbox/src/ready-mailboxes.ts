/** The mailboxes that come with the package. A build copies them from the project's own fixtures. */
import { loadMailbox } from './load-mailbox.ts'
import type { Mailbox } from './mailbox.ts'

/**
 * Loads the mailbox of the published telnet walk-through: seven messages, 56418 octets, for the user `myusername` with the
 * password `mypassword`.
 *
 * @example Look at the mailbox of the walk-through
 * ```ts
 * import assert from 'node:assert/strict'
 * import { walkthroughMailbox } from '@pop3kit/mailbox'
 *
 * const { maildrops } = await walkthroughMailbox() // for setupPop3Server({ maildrops })
 * const sizes = maildrops['myusername']?.messages.map(({ content }) => content.length)
 * assert.deepEqual(sizes, [22683, 19870, 785, 4475, 3221, 2972, 2412])
 * ```
 */
export function walkthroughMailbox(): Promise<Mailbox> {
  return loadMailbox(readyFolder('walkthrough'))
}

/**
 * Loads the hard cases, one message each, for the user `edge` with the password `cases`: dots, line ends, missing parts, 8-bit
 * octets, NUL, and a line of 10 MB. The unique-id of each is the name of the case.
 *
 * @example Take one hard case
 * ```ts
 * import assert from 'node:assert/strict'
 * import { edgeCasesMailbox } from '@pop3kit/mailbox'
 *
 * const { messages } = await edgeCasesMailbox()
 * const message = messages.find(({ uid }) => uid === 'no-final-newline')
 * assert.notEqual(message?.content.at(-1), 0x0a)
 * ```
 */
export function edgeCasesMailbox(): Promise<Mailbox> {
  return loadMailbox(readyFolder('edge-cases'))
}

/**
 * Loads what comes back when mail was sent, one shape a message, for the user `bounces` with the password `reports`: delivery reports
 * (RFC 3464, 6533), read receipts (RFC 8098), complaints (RFC 5965), and the manners of qmail, Exim and Exchange.
 *
 * @example Take the reports that are no failures
 * ```ts
 * import assert from 'node:assert/strict'
 * import { bouncesMailbox } from '@pop3kit/mailbox'
 *
 * const { messages } = await bouncesMailbox()
 * const delayed = messages.find(({ uid }) => uid === 'dsn-delayed')
 * assert.match(new TextDecoder().decode(delayed?.content), /^Action: delayed\r$/m)
 * ```
 */
export function bouncesMailbox(): Promise<Mailbox> {
  return loadMailbox(readyFolder('bounces'))
}

/**
 * Loads invitations and what becomes of them (RFC 5545, 5546, 6047), for the user `calendar` with the password `invited`: requests, updates,
 * a cancellation, answers, series.
 *
 * @example Take an invitation and what follows it
 * ```ts
 * import assert from 'node:assert/strict'
 * import { calendarMailbox } from '@pop3kit/mailbox'
 *
 * const { messages } = await calendarMailbox()
 * const ofEvent = messages.filter(({ content }) => new TextDecoder().decode(content).includes('UID:berth-7@harbour.example'))
 * assert(ofEvent.some(({ uid }) => uid === 'cancel'))
 * ```
 */
export function calendarMailbox(): Promise<Mailbox> {
  return loadMailbox(readyFolder('calendar'))
}

/**
 * Loads mail that is signed or encrypted, with S/MIME (RFC 8551) and OpenPGP (RFC 3156, and in the text), for the user `signed` with the
 * password `sealed`. The signatures are real. Nobody has the keys: nothing can be decrypted.
 *
 * @example Take a signed message
 * ```ts
 * import assert from 'node:assert/strict'
 * import { signedMailbox } from '@pop3kit/mailbox'
 *
 * const { messages } = await signedMailbox()
 * const signed = messages.find(({ uid }) => uid === 'smime-detached')
 * assert.match(new TextDecoder().decode(signed?.content), /^Content-Type: multipart\/signed;/m)
 * ```
 */
export function signedMailbox(): Promise<Mailbox> {
  return loadMailbox(readyFolder('signed'))
}

/**
 * Loads messages that hold messages, for the user `digests` with the password `collected`: digests of mailing lists in MIME (RFC 2046) and
 * plain (RFC 1153), and forwarded mail.
 *
 * @example Take a digest in MIME
 * ```ts
 * import assert from 'node:assert/strict'
 * import { digestsMailbox } from '@pop3kit/mailbox'
 *
 * const { messages } = await digestsMailbox()
 * const digest = messages.find(({ uid }) => uid === 'mime-digest')
 * assert.equal(new TextDecoder().decode(digest?.content).match(/^--digest\r$/gm)?.length, 3)
 * ```
 */
export function digestsMailbox(): Promise<Mailbox> {
  return loadMailbox(readyFolder('digests'))
}

/**
 * Loads messages whose MIME or header breaks the rules, one way each, for the user `malformed` with the password `broken`. The transfer is
 * sound: what it carries is not.
 *
 * @example See that nothing of it throws
 * ```ts
 * import assert from 'node:assert/strict'
 * import { malformedMailbox } from '@pop3kit/mailbox'
 *
 * const subjectOf = (message: Uint8Array): string | undefined => /^Subject: (.*)\r$/m.exec(new TextDecoder().decode(message))?.[1]
 * const { messages } = await malformedMailbox()
 * for (const { content } of messages) assert.doesNotThrow(() => subjectOf(content))
 * ```
 */
export function malformedMailbox(): Promise<Mailbox> {
  return loadMailbox(readyFolder('malformed'))
}

// From src/ and from dist/ alike it is the folder beside them.
function readyFolder(name: string): URL {
  return new URL(`../fixtures/mailboxes/${name}/`, import.meta.url)
}
