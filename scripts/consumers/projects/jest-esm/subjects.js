/** The subjects of what there is, of which nothing but the header is fetched. */
import { Pop3Client } from '@pop3kit/client'

export async function subjects({ host, port }) {
  const auth = { user: 'myusername', pass: 'mypassword' }
  const client = await Pop3Client.connect({ host, port, auth })
  try {
    const found = []
    for (const { number } of await client.list()) {
      const header = new TextDecoder().decode(await client.top(number, 0))
      found.push(/^Subject: (.*)$/im.exec(header)?.[1])
    }
    await client.quit()
    return found
  } finally {
    await client.close()
  }
}
