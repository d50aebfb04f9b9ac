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

// From src/ and from dist/ alike it is the folder beside them.
function readyFolder(name: string): URL {
  return new URL(`../fixtures/mailboxes/${name}/`, import.meta.url)
}
