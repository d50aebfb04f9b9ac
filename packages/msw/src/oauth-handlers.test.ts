import { createHash } from 'node:crypto'
import { type Pop3Server, setupPop3Server } from '@pop3kit/server'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Oauth, type OauthOptions, oauthHandlers } from './index.ts'

const web = setupServer()
let server: Pop3Server

beforeAll(() => web.listen({ onUnhandledFrame: 'error' }))
afterAll(() => web.close())
beforeEach(() => {
  server = setupPop3Server({ clock: 'virtual', maildrops: { alice: {}, bob: {} } })
})
afterEach(async () => {
  web.resetHandlers()
  await server.close()
})

const users = { alice: { refreshToken: 'refresh-alice' }, bob: {} }
const endpoints = {
  google: 'https://oauth2.googleapis.com/token',
  microsoft: 'https://login.microsoftonline.com/contoso/oauth2/v2.0/token',
  'https://login.example.com/token': 'https://login.example.com/token',
} as const
type Name = keyof typeof endpoints
const names = Object.keys(endpoints) as Name[]

function setUp(issuer: Name, options: Partial<OauthOptions> = {}): Oauth {
  const oauth = oauthHandlers(server, { issuer, users, clientId: 'worker', clientSecret: 's3cret', ...options })
  web.use(...oauth)
  return oauth
}

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

const credentials = { client_id: 'worker', client_secret: 's3cret' }

async function ask(url: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const refresh = (url: string, form: Record<string, string> = {}): Promise<Answer> =>
  ask(url, { grant_type: 'refresh_token', refresh_token: 'refresh-alice', ...credentials, ...form })

const verdict = (token: unknown, user = 'alice'): Promise<string> =>
  server.maildrop(user).accessTokens.judge(String(token), server.clock.now())

describe('granted', () => {
  test('Google answers a refresh in its shape', async () => {
    const oauth = setUp('google')
    const { status, body } = await refresh(endpoints.google)
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.stringMatching(/^ya29\.\w{43}$/),
      expires_in: 3599,
      scope: 'https://mail.google.com/',
      token_type: 'Bearer',
    })
    expect(oauth.issued).toEqual([
      { grant: 'refresh_token', users: ['alice'], accessToken: body['access_token'], scope: body['scope'] },
    ])
  })

  test.each([
    'https://accounts.google.com/o/oauth2/token',
    'https://www.googleapis.com/oauth2/v3/token',
    'https://www.googleapis.com/oauth2/v4/token',
  ])('Google answers at %s, too', async (url) => {
    setUp('google')
    expect(await refresh(url)).toMatchObject({ status: 200 })
  })

  test('Microsoft answers a refresh in its shape, with another refresh token', async () => {
    setUp('microsoft')
    const { body } = await refresh(endpoints.microsoft)
    expect(body).toEqual({
      token_type: 'Bearer',
      scope: 'https://outlook.office.com/POP.AccessAsUser.All',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^EwB4/),
      refresh_token: expect.stringMatching(/^M\.C5/),
    })
    const again = await refresh(endpoints.microsoft, { refresh_token: String(body['refresh_token']) })
    expect(again.status).toBe(200)
    expect((await refresh(endpoints.microsoft)).status).toBe(200)
  })

  test('an endpoint of yours answers as RFC 6749 has it', async () => {
    setUp('https://login.example.com/token', { expiresIn: '10m' })
    expect((await refresh(endpoints['https://login.example.com/token'])).body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'pop',
    })
  })

  test.each(names)(
    '%s: the token opens the maildrop of its user until it expires on the clock of the server',
    async (name) => {
      setUp(name, { expiresIn: '10m' })
      const { body } = await refresh(endpoints[name])
      const token = body['access_token']
      expect([await verdict(token), await verdict(token, 'bob')]).toEqual(['accepted', 'invalid_token'])
      await server.clock.advance('599s')
      expect(await verdict(token)).toBe('accepted')
      await server.clock.advance('1s')
      expect(await verdict(token)).toBe('invalid_token')
    },
  )

  test.each(['microsoft', 'https://login.example.com/token'] as const)(
    '%s: client credentials open the maildrops of all users',
    async (name) => {
      setUp(name)
      const form = { grant_type: 'client_credentials', scope: 'https://outlook.office365.com/.default', ...credentials }
      const { body } = await ask(endpoints[name], form)
      expect(body).not.toHaveProperty('refresh_token')
      expect(await verdict(body['access_token'])).toBe('accepted')
      expect(await verdict(body['access_token'], 'bob')).toBe('accepted')
    },
  )

  test('the credentials of the client may stand in the header', async () => {
    setUp('google', { clientSecret: 'a:b%c' })
    for (const secret of ['a:b%c', encodeURIComponent('a:b%c')]) {
      const authorization = `Basic ${btoa(`worker:${secret}`)}`
      const form = { grant_type: 'refresh_token', refresh_token: 'refresh-alice' }
      expect(await ask(endpoints.google, form, { authorization })).toMatchObject({ status: 200 })
    }
  })

  test('without a client and a secret in the options anybody is served, and a user has a refresh token of her own', async () => {
    const oauth = oauthHandlers(server, { issuer: 'google', users: { alice: {}, bob: {} } })
    web.use(...oauth)
    const token = oauth.refreshToken('bob')
    expect(token).toMatch(/^1\/\/0/)
    expect(token).not.toBe(oauth.refreshToken('alice'))
    const form = { grant_type: 'refresh_token', refresh_token: token, client_id: 'anybody' }
    expect(await ask(endpoints.google, form)).toMatchObject({ status: 200 })
    expect(oauth.issued[0]?.users).toEqual(['bob'])
  })

  test('a scope that is not for mail gives a token that is refused for it', async () => {
    setUp('microsoft')
    const { body } = await refresh(endpoints.microsoft, {
      scope: 'https://graph.microsoft.com/Mail.Read offline_access',
    })
    expect(body['scope']).toBe('https://graph.microsoft.com/Mail.Read')
    expect(await verdict(body['access_token'])).toBe('insufficient_scope')
  })
})

describe('authorization codes', () => {
  const redirectUri = 'http://localhost:3000/callback'
  const verifier = 'a-verifier-of-forty-three-characters-or-more'
  const challenge = createHash('sha256').update(verifier).digest('base64url')

  function authorizationUrl(more: Record<string, string> = {}): string {
    const url = new URL('https://accounts.google.com/o/oauth2/v2/auth')
    url.search = new URLSearchParams({
      client_id: 'worker',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'https://mail.google.com/',
      state: 'abc',
      ...more,
    }).toString()
    return url.href
  }

  function redeem(callback: string, more: Record<string, string> = {}): Promise<Answer> {
    const code = new URL(callback).searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...credentials, ...more }
    return ask(endpoints.google, form)
  }

  test('a consent sends the browser back with a code, which is good once', async () => {
    const oauth = setUp('google')
    const callback = oauth.consent('bob', authorizationUrl({ access_type: 'offline' }))
    expect(callback).toMatch(/^http:\/\/localhost:3000\/callback\?code=\w{43}&state=abc$/)
    const { body } = await redeem(callback)
    expect(await verdict(body['access_token'], 'bob')).toBe('accepted')
    expect(await refresh(endpoints.google, { refresh_token: String(body['refresh_token']) })).toMatchObject({
      status: 200,
    })
    expect((await redeem(callback)).body).toMatchObject({ error: 'invalid_grant' })
  })

  test('without access to be had offline there is no refresh token', async () => {
    const oauth = setUp('google')
    expect((await redeem(oauth.consent('bob', authorizationUrl()))).body).not.toHaveProperty('refresh_token')
  })

  test('it is good for ten minutes', async () => {
    const oauth = setUp('google')
    const callback = oauth.consent('bob', authorizationUrl())
    await server.clock.advance('10m')
    expect((await redeem(callback)).body).toEqual({ error: 'invalid_grant', error_description: 'Malformed auth code.' })
  })

  test('the redirect_uri has to be the same', async () => {
    const oauth = setUp('google')
    const callback = oauth.consent('bob', authorizationUrl())
    expect((await redeem(callback, { redirect_uri: 'http://localhost/' })).body['error']).toBe('redirect_uri_mismatch')
  })

  test.each([
    ['S256', challenge],
    ['plain', verifier],
  ])('RFC 7636: %s: who redeems the code has to have the verifier', async (method, code_challenge) => {
    const oauth = setUp('google')
    const url = authorizationUrl({ code_challenge, code_challenge_method: method })
    const callback = oauth.consent('bob', url)
    for (const wrong of [{}, { code_verifier: 'wrong' }]) {
      expect((await redeem(callback, wrong)).body).toEqual({
        error: 'invalid_grant',
        error_description: 'Invalid code verifier.',
      })
    }
    expect(await redeem(callback, { code_verifier: verifier })).toMatchObject({ status: 200 })
  })

  test('nobody consents to what cannot be', () => {
    const oauth = setUp('google')
    expect(() => oauth.consent('carol', authorizationUrl())).toThrow(
      'Cannot find the user "carol": expected one of "alice", "bob"',
    )
    expect(() => oauth.consent('bob', authorizationUrl({ client_id: 'other' }))).toThrow(
      'Cannot consent to "other": expected the client_id "worker"',
    )
    expect(() => oauth.consent('bob', authorizationUrl({ redirect_uri: '' }))).toThrow('with a redirect_uri')
  })
})

describe('refused', () => {
  const wrong: Record<string, Record<string, string>> = {
    'another client': { client_id: 'other' },
    'a wrong secret': { client_secret: 'wrong' },
    'no secret': { client_secret: '' },
    'an unknown refresh token': { refresh_token: 'unknown' },
    'no refresh token': { refresh_token: '' },
    'no grant': { grant_type: '' },
    'an unknown grant': { grant_type: 'password' },
  }
  const expected: Record<Name, Record<string, readonly [number, string, string | RegExp]>> = {
    google: {
      'another client': [401, 'invalid_client', 'The OAuth client was not found.'],
      'a wrong secret': [401, 'invalid_client', 'Unauthorized'],
      'no secret': [400, 'invalid_request', 'client_secret is missing.'],
      'an unknown refresh token': [400, 'invalid_grant', 'Bad Request'],
      'no refresh token': [400, 'invalid_request', 'Missing required parameter: refresh_token'],
      'no grant': [400, 'invalid_request', 'Missing required parameter: grant_type'],
      'an unknown grant': [400, 'unsupported_grant_type', 'Invalid grant_type: password'],
    },
    microsoft: {
      'another client': [400, 'unauthorized_client', /^AADSTS700016: .*'other'/],
      'a wrong secret': [401, 'invalid_client', /^AADSTS7000215: /],
      'no secret': [401, 'invalid_client', /^AADSTS7000218: .*'client_assertion' or 'client_secret'/],
      'an unknown refresh token': [400, 'invalid_grant', /^AADSTS9002313: /],
      'no refresh token': [400, 'invalid_request', /^AADSTS900144: .*'refresh_token'/],
      'no grant': [400, 'invalid_request', /^AADSTS900144: .*'grant_type'/],
      'an unknown grant': [400, 'unsupported_grant_type', /^AADSTS70003: .*'password'/],
    },
    'https://login.example.com/token': {
      'another client': [401, 'invalid_client', 'unknown client'],
      'a wrong secret': [401, 'invalid_client', 'wrong client secret'],
      'no secret': [401, 'invalid_client', 'missing client secret'],
      'an unknown refresh token': [400, 'invalid_grant', 'unknown refresh token'],
      'no refresh token': [400, 'invalid_request', 'missing refresh_token'],
      'no grant': [400, 'invalid_request', 'missing grant_type'],
      'an unknown grant': [400, 'unsupported_grant_type', 'unsupported grant_type password'],
    },
  }
  const cases = names.flatMap((name) =>
    Object.entries(expected[name]).map(([what, answer]) => [name, what, answer] as const),
  )

  test.each(cases)('%s: %s', async (name, what, [status, error, description]) => {
    setUp(name)
    const answer = await refresh(endpoints[name], wrong[what])
    expect(answer.status).toBe(status)
    expect(answer.body['error']).toBe(error)
    expect(answer.body['error_description']).toMatch(
      typeof description === 'string' ? new RegExp(`^${description}$`) : description,
    )
  })

  test.each([
    ['', 'invalid_request', /^AADSTS900144: .*'scope'/],
    [
      'https://outlook.office.com/POP.AccessAsUser.All',
      'invalid_scope',
      /^AADSTS1002012: .*POP\.AccessAsUser\.All.*\/\.default/,
    ],
  ])('Microsoft gives client credentials no scope %j', async (scope, error, description) => {
    setUp('microsoft')
    const { status, body } = await ask(endpoints.microsoft, { grant_type: 'client_credentials', scope, ...credentials })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error, error_description: expect.stringMatching(description) })
  })

  test('without users there is nothing to give out', () => {
    const options: object = { issuer: 'google' }
    // @ts-expect-error -- as in JavaScript
    expect(() => oauthHandlers(server, options)).toThrow('Cannot give out tokens: expected users')
  })

  test('Google has no client credentials', async () => {
    setUp('google')
    const { body } = await ask(endpoints.google, { grant_type: 'client_credentials', ...credentials })
    expect(body).toEqual({
      error: 'unsupported_grant_type',
      error_description: 'Invalid grant_type: client_credentials',
    })
  })

  test('Microsoft says it field by field as well, with traces that differ and are the same in every run', async () => {
    const traces = async (): Promise<unknown[]> => {
      const oauth = setUp('microsoft', { tenant: 'contoso' })
      oauth.revoke('alice')
      const { body } = await refresh(endpoints.microsoft)
      expect(body).toEqual({
        error: 'invalid_grant',
        error_description: `AADSTS50173: The provided grant has expired due to it being revoked. Trace ID: ${String(body['trace_id'])} Correlation ID: ${String(body['correlation_id'])} Timestamp: 2026-01-01 00:00:00Z`,
        error_codes: [50_173],
        timestamp: '2026-01-01 00:00:00Z',
        trace_id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        correlation_id: expect.any(String),
        error_uri: 'https://login.microsoftonline.com/error?code=50173',
      })
      return [body['trace_id'], body['correlation_id'], (await refresh(endpoints.microsoft)).body['trace_id']]
    }
    const first = await traces()
    expect(new Set(first).size).toBe(3)
    expect(await traces()).toEqual(first)
  })

  test('Microsoft knows its tenant', async () => {
    setUp('microsoft', { tenant: 'contoso' })
    const other = endpoints.microsoft.replace('contoso', 'fabrikam')
    expect((await refresh(other)).body['error_description']).toMatch(/^AADSTS90002: Tenant 'fabrikam' not found/)
  })

  test('a refresh token that is rotated is good once', async () => {
    setUp('microsoft', { refreshTokens: 'rotated' })
    const { body } = await refresh(endpoints.microsoft)
    expect((await refresh(endpoints.microsoft)).body['error']).toBe('invalid_grant')
    const next = await refresh(endpoints.microsoft, { refresh_token: String(body['refresh_token']) })
    expect(next.status).toBe(200)
  })

  test('an issuer that is none, and a user without a maildrop', () => {
    expect(() => oauthHandlers(server, { issuer: 'googel', users })).toThrow(
      'Cannot use "googel" as an issuer: expected',
    )
    expect(() => oauthHandlers(server, { issuer: 'google', users: { carol: {} } })).toThrow(
      'Cannot find the maildrop of "carol"',
    )
  })
})

describe('faults', () => {
  test.each(names)('%s: invalid_grant once, and then as ever', async (name) => {
    const { fault } = setUp(name)
    web.use(fault.invalidGrant({ once: true }))
    expect(await refresh(endpoints[name])).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await refresh(endpoints[name])).toMatchObject({ status: 200 })
  })

  test.each(names.flatMap((name) => [500, 503].map((status) => [name, status as 500 | 503] as const)))(
    '%s: status %d',
    async (name, status) => {
      const { fault } = setUp(name)
      web.use(fault.serverError({ status, once: true }))
      expect(await refresh(endpoints[name])).toMatchObject({ status, body: { error: expect.any(String) } })
      expect(await refresh(endpoints[name])).toMatchObject({ status: 200 })
    },
  )

  test('slow is on the clock of the server', async () => {
    const { fault, ...oauth } = setUp('google')
    web.use(fault.slow('30s', { once: true }))
    const before = server.clock.now()
    const [{ status }] = await Promise.all([refresh(endpoints.google), server.clock.advance('30s')])
    expect(status).toBe(200)
    expect(server.clock.now() - before).toBe(30_000)
    expect(oauth.issued).toHaveLength(1)
    expect(await refresh(endpoints.google)).toMatchObject({ status: 200 })
  })

  test.each(names)('%s: a token without the scope for mail', async (name) => {
    const { fault } = setUp(name)
    web.use(fault.missingScope({ once: true }))
    const { status, body } = await refresh(endpoints[name])
    expect(status).toBe(200)
    expect(body['scope']).not.toMatch(/mail\.google|POP|pop/)
    expect(await verdict(body['access_token'])).toBe('insufficient_scope')
    expect(await refresh(endpoints[name], { refresh_token: 'unknown' })).toMatchObject({ status: 400 })
  })

  test('revoke() takes back the tokens of one user', async () => {
    const oauth = setUp('google')
    const { body } = await refresh(endpoints.google)
    oauth.revoke('bob')
    expect(await verdict(body['access_token'])).toBe('accepted')
    oauth.revoke('alice')
    expect(await verdict(body['access_token'])).toBe('invalid_token')
    expect((await refresh(endpoints.google)).body['error_description']).toBe('Token has been expired or revoked.')
  })
})

test('tokens are the same in every run, and others with another seed', async () => {
  const tokens = async (seed?: number): Promise<unknown[]> => {
    setUp('google', { seed })
    const answers = [await refresh(endpoints.google), await refresh(endpoints.google)]
    return answers.map(({ body }) => body['access_token'])
  }
  const first = await tokens()
  expect(new Set(first).size).toBe(2)
  expect(await tokens(1)).toEqual(first)
  expect(await tokens(2)).not.toEqual(first)
})

test('reset() goes back to the beginning', async () => {
  const oauth = setUp('microsoft', { refreshTokens: 'rotated' })
  const { body } = await refresh(endpoints.microsoft)
  oauth.reset()
  expect(oauth.issued).toEqual([])
  expect((await refresh(endpoints.microsoft)).body).toEqual(body)
})
