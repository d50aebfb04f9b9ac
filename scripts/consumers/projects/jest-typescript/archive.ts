/** Takes what is not stored yet, and leaves everything on the server. */
import { Pop3Client } from '@pop3kit/client'

export type Store = Map<string, Uint8Array>

export async function archive({ host, port }: { host: string; port: number }, store: Store): Promise<void> {
  const auth = { user: 'alice', pass: 'wonderland' }
  const client = await Pop3Client.connect({ host, port, auth, timeout: '60s' })
  try {
    for await (const message of client.messages({ skip: store.keys() })) store.set(message.uidl, await message.bytes())
    await client.quit()
  } finally {
    await client.close()
  }
}
