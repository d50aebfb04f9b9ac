/** The newest messages of a large maildrop. */
import { Pop3Client } from '@pop3kit/client'

export async function newest({ host, port }, count) {
  const auth = { user: 'alice', pass: 'wonderland' }
  const client = await Pop3Client.connect({ host, port, auth, timeout: '60s' })
  try {
    const listing = await client.uidl()
    const found = []
    for (const { number } of listing.slice(-count)) found.push(await client.retr(number))
    await client.quit()
    return found
  } finally {
    await client.close()
  }
}
