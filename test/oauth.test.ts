/** An application that logs in with access tokens of a provider, the provider mocked by msw and the mail server by us. */
import { Pop3Client } from '@pop3kit/client'
import { oauthHandlers, type Oauth } from '@pop3kit/msw'
import { pop3, setupPop3Server, type Pop3Server } from '@pop3kit/server'
import { redirect } from '@pop3kit/server/redirect'
import { setupServer } from 'msw/node'
import { connect } from 'node:tls'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

const user = 'alice@example.com'
const web = setupServer()
let server: Pop3Server
let oauth: Oauth

beforeAll(() => web.listen({ onUnhandledFrame: 'error' }))
afterAll(() => web.close())
beforeEach(() => {
  server = setupPop3Server({
    clock: 'virtual',
    maildrops: { [user]: { messages: ['Subject: one\r\n\r\n', 'Subject: two\r\n\r\n'] } },
  })
  oauth = oauthHandlers(server, { issuer: 'google', users: { [user]: { refreshToken: '1//alice' } } })
  web.use(...oauth)
})
afterEach(async () => {
  web.resetHandlers()
  await server.close()
})

/** What an application does: it keeps an access token, and gets another one when that is refused. */
class Mail {
  #accessToken = 'unknown'
  refreshes = 0

  async refresh(): Promise<void> {
    this.refreshes += 1
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: '1//alice', client_id: 'worker' })
    const response = await fetch('https://oauth2.googleapis.com/token', { method: 'POST', body })
    if (!response.ok) throw new Error(`the token endpoint said ${response.status}`)
    this.#accessToken = ((await response.json()) as { access_token: string }).access_token
  }

  async login(mechanism: 'XOAUTH2' | 'OAUTHBEARER' = 'XOAUTH2'): Promise<Pop3Client> {
    const client = new Pop3Client({ transport: server.connect() })
    await client.login({ mechanism, user, accessToken: this.#accessToken })
    return client
  }

  async subjects(): Promise<number> {
    const client = await this.login().catch(async () => {
      await this.refresh()
      return this.login()
    })
    const { messages } = await client.stat()
    for (let number = 1; number <= messages; number += 1) await client.retr(number)
    await client.quit()
    return messages
  }
}

test.each(['XOAUTH2', 'OAUTHBEARER'] as const)('%s lets in whoever has a token of the endpoint', async (mechanism) => {
  const mail = new Mail()
  await expect(mail.login(mechanism)).rejects.toMatchObject({ code: 'POP3_REPLY' })
  await mail.refresh()
  const client = await mail.login(mechanism)
  expect((await client.stat()).messages).toBe(2)
  await client.quit()
})

test('an access token is refreshed when it has expired on the clock of the server', async () => {
  const mail = new Mail()
  await mail.subjects()
  await server.clock.advance('59m')
  await mail.subjects()
  expect(mail.refreshes).toBe(1)
  await server.clock.advance('1m')
  await mail.subjects()
  expect(mail.refreshes).toBe(2)
})

test('no token is in a transcript, nor what hides it', async () => {
  const mail = new Mail()
  await mail.subjects()
  const [token = ''] = oauth.issued.map(({ accessToken }) => accessToken)
  const shown = server.transcript() + JSON.stringify(server.sessions.map(({ entries }) => entries))
  expect(token).not.toBe('')
  expect(shown).not.toContain(token)
  expect(shown).not.toContain(Buffer.from(token).toString('base64').slice(0, 20))
})

test('a token that is revoked in the middle of a session ends it; the next one is got and used', async () => {
  const mail = new Mail()
  await mail.refresh()
  server.use(pop3.retr(2, oauth.fault.revoked(), { once: true }))
  await expect(mail.subjects()).rejects.toMatchObject({ code: 'POP3_REPLY', responseCode: 'AUTH' })
  server.assertNoPendingFaults()
  expect(server.transcript()).toContain('# fault: revoked()')
  await expect(mail.login()).rejects.toMatchObject({ code: 'POP3_REPLY' })
  expect(await mail.subjects()).toBe(2)
  expect(mail.refreshes).toBe(2)
})

test('revoked tokens let a session go on, and nobody in', async () => {
  const mail = new Mail()
  await mail.refresh()
  const client = await mail.login()
  oauth.revoke(user)
  expect((await client.stat()).messages).toBe(2)
  await client.quit()
  await expect(mail.login()).rejects.toMatchObject({ code: 'POP3_REPLY' })
  await expect(mail.refresh()).rejects.toThrow('the token endpoint said 400')
})

test.each([
  ['XOAUTH2', '{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}'],
  ['OAUTHBEARER', '{"status":"insufficient_scope","scope":"pop"}'],
] as const)(
  '%s: a token without the scope for mail is given out, and refused with a challenge that says so',
  async (mechanism, json) => {
    web.use(oauth.fault.missingScope({ once: true }))
    const mail = new Mail()
    await mail.refresh()
    await expect(mail.login(mechanism)).rejects.toMatchObject({ code: 'POP3_REPLY' })
    expect(server.transcript()).toContain(`S: + ${Buffer.from(json).toString('base64')}\n`)
    await mail.refresh()
    const client = await mail.login(mechanism)
    await client.quit()
  },
)

test('behind server.reset() tokens are unknown, and with oauth.reset() they come again', async () => {
  const mail = new Mail()
  await mail.refresh()
  const [first] = oauth.issued
  await server.reset()
  oauth.reset()
  await expect(mail.login()).rejects.toMatchObject({ code: 'POP3_REPLY' })
  await mail.refresh()
  expect(oauth.issued).toEqual([first])
  const client = await mail.login()
  await client.quit()
})

test('Gmail as an application finds it: its own port, TLS, a token endpoint', async () => {
  const gmail = setupPop3Server({ persona: 'gmail', maildrops: { [user]: { messages: ['one\r\n'] } } })
  const undo = await redirect(gmail, ['pop.gmail.com:995'])
  const provider = oauthHandlers(gmail, { issuer: 'google', users: { [user]: {} } })
  web.resetHandlers(...provider)
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: provider.refreshToken(user),
    client_id: 'worker',
  })
  const response = await fetch('https://oauth2.googleapis.com/token', { method: 'POST', body })
  const { access_token: accessToken } = (await response.json()) as { access_token: string }
  const tls = { mode: 'implicit', ca: await gmail.certificateAuthority() } as const
  const client = await Pop3Client.connect({ host: 'pop.gmail.com', port: 995, tls, auth: { user, accessToken } })
  expect((await client.stat()).messages).toBe(1)
  await client.quit()
  const socket = connect({ host: 'pop.gmail.com', port: 995, ca: tls.ca })
  await once(socket, 'secureConnect')
  expect(socket.authorized).toBe(true)
  socket.destroy()
  undo()
  await gmail.close()
})
