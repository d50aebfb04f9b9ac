/** Mail of a Gmail account, by POP3. */
import { Pop3Client, Pop3ReplyError } from '@pop3kit/client'
import type { AccessToken } from './access-token.ts'

// #region fetch
/** Puts what is not there yet into the inbox, by its unique-id. An access token that is refused, at any time, is replaced once. */
export async function fetchMail(user: string, token: AccessToken, inbox: Map<string, Uint8Array>): Promise<void> {
  try {
    await fetchOnce(user, await token.value(), inbox)
  } catch (error) {
    const isRefused = error instanceof Pop3ReplyError && error.responseCode === 'AUTH'
    if (!isRefused) throw error
    token.forget()
    await fetchOnce(user, await token.value(), inbox)
  }
}

async function fetchOnce(user: string, accessToken: string, inbox: Map<string, Uint8Array>): Promise<void> {
  const client = await Pop3Client.connect({
    host: 'pop.gmail.com',
    tls: 'implicit',
    auth: { mechanism: 'XOAUTH2', user, accessToken },
  })
  try {
    for await (const message of client.messages({ skip: inbox.keys() })) inbox.set(message.uidl, await message.bytes())
    await client.quit()
  } finally {
    await client.close()
  }
}
// #endregion
