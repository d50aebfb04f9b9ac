/** The messages of a maildrop by their unique-ids, one after another (RFC 1939 section 7, UIDL). */
import type { UniqueIdListing } from '@pop3kit/codec'
import type { Pop3CallOptions } from './options.ts'

/** Which messages are wanted. */
export interface Pop3MessagesOptions extends Pop3CallOptions {
  /** The unique-ids that are known already, or a function that says whether one is: those messages are left out. */
  readonly skip?: Iterable<string> | ((uidl: string) => boolean) | undefined
}

/** A message as `messages()` gives it. Nothing of it is fetched before it is asked for. */
export interface Pop3Message {
  /** The message number, valid for this session. */
  readonly number: number
  /** The unique-id, valid for ever. */
  readonly uidl: string
  /** The whole message, as `retr()` gives it: fetched anew by every call. */
  bytes(options?: Pop3CallOptions): Promise<Uint8Array>
  /** The message as it comes, as `retrStream()` gives it. */
  stream(options?: Pop3CallOptions): AsyncIterable<Uint8Array>
  /** The header and the first lines of the body, as `top()` gives them. */
  top(lines: number, options?: Pop3CallOptions): Promise<Uint8Array>
  /**
   * Marks the message as deleted. Its DELE goes out when the loop moves on, ends or is left, and at the latest before
   * QUIT; whichever it is rejects when the server refuses. Nothing is deleted without `quit()`.
   */
  markDeleted(): void
}

/** How messages are marked as deleted, and how that is sent. */
export interface Deletions {
  mark(number: number): void
  deleteMarked(options: Pop3CallOptions): Promise<void>
}

/** What is asked of the client. */
interface Source {
  uidl(options: Pop3CallOptions): Promise<UniqueIdListing[]>
  retr(number: number, options?: Pop3CallOptions): Promise<Uint8Array>
  retrStream(number: number, options?: Pop3CallOptions): AsyncIterable<Uint8Array>
  top(number: number, lines: number, options?: Pop3CallOptions): Promise<Uint8Array>
}

/** One message after another; what was marked is deleted before the next. */
export async function* messages(
  source: Source,
  { skip = [], ...options }: Pop3MessagesOptions,
  deletions: Deletions,
): AsyncGenerator<Pop3Message, void, void> {
  const isKnown = typeof skip === 'function' ? skip : knownUniqueIds(skip)
  for (const listing of await source.uidl(options)) {
    if (isKnown(listing.uniqueId)) continue
    try {
      yield messageOf(source, listing, deletions)
    } finally {
      await deletions.deleteMarked(options)
    }
  }
}

function knownUniqueIds(uniqueIds: Iterable<string>): (uniqueId: string) => boolean {
  const known = new Set(uniqueIds)
  return (uniqueId) => known.has(uniqueId)
}

function messageOf(source: Source, { number, uniqueId }: UniqueIdListing, deletions: Deletions): Pop3Message {
  return {
    number,
    uidl: uniqueId,
    bytes: (options) => source.retr(number, options),
    stream: (options) => source.retrStream(number, options),
    top: (lines, options) => source.top(number, lines, options),
    markDeleted: () => deletions.mark(number),
  }
}
