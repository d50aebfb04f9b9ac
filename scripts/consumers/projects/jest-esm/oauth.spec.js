import { expect, test } from '@jest/globals'
import { oauthHandlers } from '@pop3kit/msw'
import { usePop3Server } from '@pop3kit/testing/jest-globals'
import { setupServer } from 'msw/node'

const server = usePop3Server({ maildrops: { alice: {} } })

test('a token that the endpoint gives out is known to the mail server', async () => {
  const web = setupServer(
    ...oauthHandlers(server, { issuer: 'google', users: { alice: { refreshToken: '1//alice' } } }),
  )
  web.listen()
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: '1//alice', client_id: 'worker' })
  const response = await fetch('https://oauth2.googleapis.com/token', { method: 'POST', body })
  web.close()
  const { access_token: accessToken } = await response.json()
  expect(server.maildrop('alice').accessTokens.tokens).toContain(accessToken)
})
