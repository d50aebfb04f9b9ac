/** Takes mail from a maildrop into the store. */
import { Pop3Client, type Pop3ConnectOptions, Pop3ReplyError, type Pop3UrlOptions } from '@pop3kit/client'
import type { Store } from './store.ts'

export type Mailbox = Pop3ConnectOptions | Pop3UrlOptions

// #region ingest
/** Stores what is new, and deletes what is stored. Whatever goes wrong is thrown, and then nothing was deleted. */
export async function ingest(mailbox: Mailbox, store: Store): Promise<void> {
  const client = await Pop3Client.connect(mailbox)
  try {
    const listings = await client.uidl()
    const byUniqueId = Map.groupBy(listings, ({ uniqueId }) => uniqueId)
    for (const { number, uniqueId } of listings) {
      const isKnown = store.has(uniqueId) && byUniqueId.get(uniqueId)?.length === 1
      if (!isKnown) store.add(uniqueId, await client.retr(number))
      await client.dele(number) // a mark, until QUIT
    }
    await client.quit()
  } finally {
    await client.close()
  }
}
// #endregion

// #region patience
/** Comes back a minute later, up to ten times, when another program has the maildrop. */
export async function ingestPatiently(mailbox: Mailbox, store: Store, tries = 10): Promise<void> {
  try {
    await ingest(mailbox, store)
  } catch (error) {
    const isLocked = error instanceof Pop3ReplyError && error.responseCode === 'IN-USE'
    if (!isLocked || tries === 1) throw error
    await new Promise((resolve) => setTimeout(resolve, 60_000))
    await ingestPatiently(mailbox, store, tries - 1)
  }
}
// #endregion
