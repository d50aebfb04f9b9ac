/** Takes mail, and deletes what it has stored. */
import { Pop3Client, type Pop3ConnectOptions } from '@pop3kit/client'

export type Store = Map<string, Uint8Array>

export async function ingest(provider: Pop3ConnectOptions, store: Store): Promise<void> {
  const client = await Pop3Client.connect({ ...provider, timeout: '60s' })
  try {
    for await (const message of client.messages()) {
      store.set(message.uidl, await message.bytes())
      message.markDeleted()
    }
    await client.quit()
  } finally {
    await client.close()
  }
}
