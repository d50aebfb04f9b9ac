/** An application with a hard-coded host, which logs in with tokens of Google's. */
import { oauthHandlers } from '@pop3kit/msw'
import { expect, test } from '@pop3kit/testing/vitest'
import { redirect } from '@pop3kit/server/redirect'
import { setupServer } from 'msw/node'
import { onTestFinished } from 'vitest'
import { ingest, type Store } from './ingest'

const user = 'alice@example.com'
test.override('serverOptions', {
  clock: 'virtual',
  persona: 'gmail',
  maildrops: { [user]: { messages: [{ uid: 'one', content: 'Subject: one\r\n\r\n' }] } },
})

async function accessToken(): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: '1//alice', client_id: 'worker' })
  const response = await fetch('https://oauth2.googleapis.com/token', { method: 'POST', body })
  const answer: { access_token: string; error?: string } = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer.access_token
}

test('a token that has expired is refused, and a fresh one opens the maildrop', async ({ server }) => {
  const oauth = oauthHandlers(server, { issuer: 'google', users: { [user]: { refreshToken: '1//alice' } } })
  const web = setupServer(...oauth)
  web.listen({ onUnhandledFrame: 'error' })
  onTestFinished(() => web.close())
  const undo = await redirect(server, ['pop.gmail.com:995'])
  onTestFinished(undo)
  const tls = { mode: 'implicit', ca: await server.certificateAuthority() } as const
  const provider = { host: 'pop.gmail.com', port: 995, tls }
  const store: Store = new Map()

  const old = await accessToken()
  await server.clock.advance('1h')
  await expect(ingest({ ...provider, auth: { user, accessToken: old } }, store)).rejects.toMatchObject({
    code: 'POP3_REPLY',
  })

  await ingest({ ...provider, auth: { user, accessToken: await accessToken() } }, store)
  expect([...store.keys()]).toEqual(['one'])
  expect(server.maildrop(user)).toHaveCommittedDeletes(['one'])

  web.use(oauth.fault.invalidGrant({ once: true }))
  await expect(accessToken()).rejects.toThrow('invalid_grant')
})
