import { oauthHandlers } from '@pop3kit/msw'
import { pop3 } from '@pop3kit/server'
import { redirect } from '@pop3kit/server/redirect'
import { expect, test as base } from '@pop3kit/testing/vitest'
import { setupServer } from 'msw/node'
import { AccessToken, ConsentError } from './access-token.ts'
import { fetchMail } from './fetch-mail.ts'

// #region fixtures
const account = { user: 'alice@gmail.com', clientId: 'worker', clientSecret: 's3cret', refreshToken: '1//alice' }
const { user, clientId, clientSecret, refreshToken } = account
const first = { uid: 'gmail-1', content: 'Subject: one\r\n\r\nfirst\r\n' }
const second = { uid: 'gmail-2', content: 'Subject: two\r\n\r\nsecond\r\n' }
const third = { uid: 'gmail-3', content: 'Subject: three\r\n\r\nthird\r\n' }

const test = base
  .override('serverOptions', {
    persona: 'gmail',
    clock: 'virtual',
    maildrops: { [user]: { messages: [first, second] } },
  })
  .extend('google', async ({ server }, { onCleanup }) => {
    const oauth = oauthHandlers(server, {
      issuer: 'google',
      clientId,
      clientSecret,
      users: { [user]: { refreshToken } },
    })
    const web = setupServer(...oauth)
    web.listen({ onUnhandledFrame: 'error' })
    const undo = await redirect(server, ['pop.gmail.com:995'])
    onCleanup(() => {
      undo()
      web.close()
    })
    return { oauth, web }
  })
// #endregion

test('what is new is fetched, with one access token for as long as it holds', async ({ server, google }) => {
  const token = new AccessToken(account)
  const inbox = new Map<string, Uint8Array>()
  await fetchMail(user, token, inbox)
  server.maildrop(user).deliver(third)
  await fetchMail(user, token, inbox)
  expect([...inbox.keys()]).toEqual(['gmail-1', 'gmail-2', 'gmail-3'])
  expect(google.oauth.issued).toHaveLength(1)
})

// #region expired
test('an access token that has expired is replaced', async ({ server, google }) => {
  const token = new AccessToken(account)
  const inbox = new Map<string, Uint8Array>()
  await fetchMail(user, token, inbox)
  await server.clock.advance('1h')
  server.maildrop(user).deliver(third)
  await fetchMail(user, token, inbox)
  expect([...inbox.keys()]).toEqual(['gmail-1', 'gmail-2', 'gmail-3'])
  expect(google.oauth.issued).toHaveLength(2)
})
// #endregion

// #region revoked
test('an access token that is revoked in mid-session is replaced', async ({ server, google }) => {
  server.use(pop3.retr(2, google.oauth.fault.revoked(), { once: true }))
  const inbox = new Map<string, Uint8Array>()
  await fetchMail(user, new AccessToken(account), inbox)
  expect([...inbox.keys()]).toEqual(['gmail-1', 'gmail-2'])
  expect(server).toHaveRetrieved(['gmail-1', 'gmail-2'])
  expect(google.oauth.issued).toHaveLength(2)
})
// #endregion

// #region withdrawn
test('when consent was withdrawn the worker says so, and leaves the mail server alone', async ({ server, google }) => {
  google.web.use(google.oauth.fault.invalidGrant())
  const fetched = fetchMail(user, new AccessToken(account), new Map())
  await expect(fetched).rejects.toBeInstanceOf(ConsentError)
  expect(server.sessions).toEqual([])
})
// #endregion

test('a token endpoint that is out of order is told, and asked again the next time', async ({ google }) => {
  google.web.use(google.oauth.fault.serverError({ status: 503, once: true }))
  const token = new AccessToken(account)
  const inbox = new Map<string, Uint8Array>()
  await expect(fetchMail(user, token, inbox)).rejects.toThrow('503')
  await fetchMail(user, token, inbox)
  expect(inbox.size).toBe(2)
})

test('consent to something else than mail is told', async ({ server, google }) => {
  google.web.use(google.oauth.fault.missingScope())
  await expect(fetchMail(user, new AccessToken(account), new Map())).rejects.toMatchObject({ code: 'POP3_REPLY' })
  expect(server).not.toHaveRetrieved()
})
