/** What can be saved: messages of a maildrop, of a mailbox, or generated ones. */

/** What is kept of a message beside its octets. */
export interface SavedDetails {
  /** The unique-id (RFC 1939 section 7). */
  readonly uid?: string | undefined
  /** When it arrived, in milliseconds since the epoch. */
  readonly arrivedAt?: number | undefined
  /** The letters of its flags in a Maildir. */
  readonly flags?: string | undefined
}

/** A message with its octets at hand or made when they are asked for, or one that gives them as the messages of a server do. */
export type SavableMessage = SavedDetails &
  ({ readonly content: Uint8Array | (() => Uint8Array) } | { readonly bytes: () => Promise<Uint8Array> })

/** Messages, or something that has some: the maildrop of a server, a mailbox, what one user has. */
export type Savable = Iterable<SavableMessage> | { readonly messages: Iterable<SavableMessage> }

/** The messages themselves. */
export function messagesOf(from: Savable): Iterable<SavableMessage> {
  return 'messages' in from ? from.messages : from
}

/** The octets of a message. */
export async function octetsOf(message: SavableMessage): Promise<Uint8Array> {
  if ('bytes' in message) return message.bytes()
  return typeof message.content === 'function' ? message.content() : message.content
}
