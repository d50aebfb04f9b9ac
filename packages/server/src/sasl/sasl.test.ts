import {
  type ScramHash,
  cramMd5Response,
  decodeBase64,
  encodeBase64,
  encodeText,
  formatOauthBearer,
  formatPlain,
  formatScramClientFinal,
  formatScramClientFirst,
  formatXoauth2,
  parseScramServerFinal,
  parseScramServerFirst,
  scramAuthMessage,
  scramClientProof,
  scramKeys,
  verifyScramServerSignature,
} from '@pop3kit/codec'
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { type Pop3Server, type Pop3ServerOptions, setupPop3Server } from '../index.ts'
import { Talk, talk } from '../testing/talk.ts'

const messages = ['Subject: one\r\n\r\n']

function server(options: Pop3ServerOptions = {}): Pop3Server {
  const maildrops = {
    alice: { password: 'wonderland', accessTokens: ['token-of-alice', { token: 'old', expiresAt: 0 }], messages },
    bob: { password: 'builder' },
  }
  return setupPop3Server({ maildrops, ...options })
}

async function greeted(pop3: Pop3Server): Promise<Talk> {
  const client = talk(pop3)
  await client.say()
  return client
}

const challengeIn = (line: string): Uint8Array => decodeBase64(line.slice('+ '.length))

const text = (octets: Uint8Array): string => Buffer.from(octets).toString()

const alice = { authcid: 'alice', password: 'wonderland' }

test('R74, R84: PLAIN with an initial response, and in two lines', async () => {
  const response = encodeBase64(formatPlain(alice))
  const one = await greeted(server())
  expect(await one.say(`AUTH PLAIN ${response}`)).toMatch(/^\+OK/)
  expect(await one.say('STAT')).toBe('+OK 1 16')
  const two = await greeted(server())
  expect(await two.say('auth plain')).toBe('+ ')
  expect(await two.say(response)).toMatch(/^\+OK/)
  expect(await two.say('STAT')).toBe('+OK 1 16')
})

test('R84: somebody may act for herself, and for nobody else', async () => {
  const client = await greeted(server())
  const asBob = encodeBase64(formatPlain({ ...alice, authzid: 'bob' }))
  expect(await client.say(`AUTH PLAIN ${asBob}`)).toBe('-ERR [AUTH] wrong credentials')
  const asAlice = encodeBase64(formatPlain({ ...alice, authzid: 'alice' }))
  expect(await client.say(`AUTH PLAIN ${asAlice}`)).toMatch(/^\+OK/)
})

test('R84: a name and a password of 255 octets each are taken', async () => {
  const [user, password] = ['u'.repeat(255), 'p'.repeat(255)]
  const client = await greeted(setupPop3Server({ maildrops: { [user]: { password } } }))
  await client.say('AUTH PLAIN')
  expect(await client.say(encodeBase64(formatPlain({ authcid: user, password })))).toMatch(/^\+OK/)
})

test('LOGIN asks for the name and then for the password; the name may come at once', async () => {
  const one = await greeted(server())
  expect(text(challengeIn(await one.say('AUTH LOGIN')))).toBe('Username:')
  expect(text(challengeIn(await one.say(encodeBase64(encodeText('alice')))))).toBe('Password:')
  expect(await one.say(encodeBase64(encodeText('wonderland')))).toMatch(/^\+OK/)
  const two = await greeted(server())
  expect(text(challengeIn(await two.say(`AUTH LOGIN ${encodeBase64(encodeText('alice'))}`)))).toBe('Password:')
  expect(await two.say(encodeBase64(encodeText('wrong')))).toBe('-ERR [AUTH] wrong credentials')
})

test('CRAM-MD5 proves the password, and every challenge is another', async () => {
  const pop3 = server({ maildrops: { alice: { password: 'wonderland' } }, persona: 'strict' })
  const one = await greeted(pop3)
  const challenge = challengeIn(await one.say('AUTH CRAM-MD5'))
  const wrong = cramMd5Response({ user: 'alice', secret: 'wrong', challenge })
  expect(await one.say(encodeBase64(wrong))).toBe('-ERR [AUTH] wrong credentials')
  const again = challengeIn(await one.say('AUTH CRAM-MD5'))
  expect(text(again)).toMatch(/^<.+@.+>$/)
  expect(text(again)).not.toBe(text(challenge))
  const right = cramMd5Response({ user: 'alice', secret: 'wonderland', challenge: again })
  expect(await one.say(encodeBase64(right))).toMatch(/^\+OK/)
})

test.each([
  ['SHA-1', 'sha1', 20],
  ['SHA-256', 'sha256', 32],
] as const)(
  'SCRAM-%s proves the password to the server, and the server proves it to the client',
  async (name, algorithm, octets) => {
    const hash: ScramHash = {
      name,
      hash: (data) => createHash(algorithm).update(data).digest(),
      hmac: (key, data) => createHmac(algorithm, key).update(data).digest(),
      pbkdf2: (password, salt, iterations) => pbkdf2Sync(password, salt, iterations, octets, algorithm),
    }
    const client = await greeted(server())
    const exchange = async (password: string): Promise<string> => {
      const clientFirst = formatScramClientFirst({ user: 'alice', nonce: 'abc' })
      const serverFirst = challengeIn(await client.say(`AUTH SCRAM-${name} ${encodeBase64(clientFirst)}`))
      const challenge = parseScramServerFirst(serverFirst, 'abc')
      const keys = scramKeys(hash, password, challenge)
      const unproved = formatScramClientFinal({ nonce: challenge.nonce })
      const authMessage = scramAuthMessage({ clientFirst, serverFirst, clientFinal: unproved })
      const proof = scramClientProof(hash, keys, authMessage)
      const answer = await client.say(encodeBase64(formatScramClientFinal({ nonce: challenge.nonce, proof })))
      if (!answer.startsWith('+ ')) return answer
      const { signature = new Uint8Array() } = parseScramServerFinal(challengeIn(answer))
      expect(verifyScramServerSignature(hash, keys, authMessage, signature)).toBe(true)
      return client.say('')
    }
    expect(await exchange('wrong')).toBe('-ERR [AUTH] wrong credentials')
    expect(await exchange('wonderland')).toMatch(/^\+OK/)
    expect(await client.say('STAT')).toBe('+OK 1 16')
  },
)

const bearers = [
  ['XOAUTH2', (accessToken: string) => formatXoauth2({ user: 'alice', accessToken }), ''],
  ['OAUTHBEARER', (accessToken: string) => formatOauthBearer({ user: 'alice', accessToken }), 'AQ=='],
] as const

test.each(bearers)('R85, R88: %s lets a token in, in one line and in two', async (mechanism, format) => {
  const response = encodeBase64(format('token-of-alice'))
  const one = await greeted(server())
  expect(await one.say(`AUTH ${mechanism} ${response}`)).toMatch(/^\+OK/)
  const two = await greeted(server())
  expect(await two.say(`AUTH ${mechanism}`)).toBe('+ ')
  expect(await two.say(response)).toMatch(/^\+OK/)
})

test.each(bearers)(
  'R86, R89: a bad token of %s is told as JSON in a challenge, and refused behind the answer to it',
  async (mechanism, format, answer) => {
    const client = await greeted(server())
    for (const token of ['unknown', 'old']) {
      const challenge = challengeIn(await client.say(`AUTH ${mechanism} ${encodeBase64(format(token))}`))
      expect(JSON.parse(text(challenge))).toHaveProperty('status')
      expect(await client.say(answer)).toBe('-ERR [AUTH] wrong credentials')
    }
  },
)

test('a token expires on the clock of the server, and is granted and revoked while it runs', async () => {
  await using pop3 = setupPop3Server({ clock: 'virtual', maildrops: { alice: { accessTokens: [] } } })
  const { accessTokens } = pop3.maildrop('alice')
  const attempt = async (): Promise<string> => {
    const client = await greeted(pop3)
    const line = await client.say(`AUTH XOAUTH2 ${encodeBase64(formatXoauth2({ user: 'alice', accessToken: 'ya29' }))}`)
    await client.leave()
    return line.slice(0, 4)
  }
  accessTokens.grant('ya29', { expiresIn: '1h' })
  expect(await attempt()).toBe('+OK ')
  await pop3.clock.advance('59m')
  expect(await attempt()).toBe('+OK ')
  await pop3.clock.advance('1m')
  expect(await attempt()).toBe('+ ey')
  accessTokens.grant('ya29')
  expect(await attempt()).toBe('+OK ')
  accessTokens.revoke('ya29')
  expect(await attempt()).toBe('+ ey')
})

test.each(bearers)(
  'a token of %s for something else than mail is refused, with what RFC 7628 says',
  async (mechanism, format, answer) => {
    const pop3 = server()
    const { accessTokens } = pop3.maildrop('alice')
    accessTokens.grant('calendar', { scope: 'missing' })
    const client = await greeted(pop3)
    const challenge = challengeIn(await client.say(`AUTH ${mechanism} ${encodeBase64(format('calendar'))}`))
    const status = mechanism === 'XOAUTH2' ? '400' : 'insufficient_scope'
    expect(JSON.parse(text(challenge))).toMatchObject({ status, scope: expect.any(String) })
    expect(await client.say(answer)).toBe('-ERR [AUTH] wrong credentials')
    accessTokens.grant('calendar')
    expect(await client.say(`AUTH ${mechanism} ${encodeBase64(format('calendar'))}`)).toMatch(/^\+OK/)
  },
)

test('a function may decide about tokens, and OAUTHBEARER finds the user by the token', async () => {
  const accessTokens = (token: string): Promise<boolean> => Promise.resolve(token === 'good')
  const client = await greeted(setupPop3Server({ maildrops: { bob: {}, alice: { accessTokens, messages } } }))
  const response = encodeBase64(formatOauthBearer({ accessToken: 'good' }))
  expect(await client.say(`AUTH OAUTHBEARER ${response}`)).toMatch(/^\+OK/)
  expect(await client.say('STAT')).toBe('+OK 1 16')
})

test('R78: behind a function about tokens that throws lines are commands again', async () => {
  const accessTokens = (): never => {
    throw new Error('no answer')
  }
  const pop3 = setupPop3Server({ maildrops: { alice: { accessTokens } } })
  const client = await greeted(pop3)
  const response = encodeBase64(formatXoauth2({ user: 'alice', accessToken: 'x' }))
  expect(await client.say(`AUTH XOAUTH2 ${response}`)).toMatch(/^-ERR \[SYS\/TEMP\]/)
  expect(await client.say('QUIT')).toMatch(/^\+OK/)
  await expect(pop3.close()).rejects.toThrow('no answer')
})

test('EXTERNAL lets in whom the certificate of the client names, under TLS', async () => {
  await using pop3 = server({ tls: { clientCertificates: 'request' } })
  const secured = async (certificate: object): Promise<Talk> => {
    const ca = await pop3.certificateAuthority()
    const socket = connect({ socket: pop3.connect({ tls: 'implicit' }), host: 'localhost', ca, ...certificate })
    await once(socket, 'secureConnect')
    const client = new Talk(socket)
    await client.say()
    return client
  }
  const anybody = await secured({})
  expect((await anybody.ask('CAPA')).join(' ')).not.toContain('EXTERNAL')
  expect(await anybody.say('AUTH EXTERNAL =')).toBe('-ERR no such mechanism')
  await anybody.leave()
  const certified = await secured(await pop3.clientCertificate('alice'))
  expect((await certified.ask('CAPA')).join(' ')).toContain('SASL EXTERNAL')
  expect(await certified.say('STAT')).toBe('-ERR STAT is not valid in this state')
  expect(await certified.say(`AUTH EXTERNAL ${encodeBase64(encodeText('bob'))}`)).toBe('-ERR [AUTH] wrong credentials')
  expect(await certified.say('AUTH EXTERNAL =')).toMatch(/^\+OK/)
  expect(await certified.say('STAT')).toBe('+OK 1 16')
  await certified.leave()
})

test('R76: the client gives up with *, and can begin again', async () => {
  const client = await greeted(server())
  await client.say('AUTH PLAIN')
  expect(await client.say('*')).toBe('-ERR cancelled')
  expect(await client.say(`AUTH PLAIN ${encodeBase64(formatPlain(alice))}`)).toMatch(/^\+OK/)
})

test.each(['!!!', 'AGFs=', 'AGF', '=AGF', 'AGFs AGFs', ' '])(
  'R77, R78: a response %j is not base64',
  async (response) => {
    const client = await greeted(server())
    await client.say('AUTH PLAIN')
    expect(await client.say(response)).toBe('-ERR the response is not base64')
    expect(await client.say('USER alice')).toMatch(/^\+OK/)
  },
)

test('R78: a response that is base64 but none of the mechanism is refused, and commands are commands again', async () => {
  const client = await greeted(server())
  expect(await client.say(`AUTH PLAIN ${encodeBase64(encodeText('no NUL in here'))}`)).toBe(
    '-ERR the response is not one of this mechanism',
  )
  expect(await client.say('AUTH PLAIN =')).toBe('-ERR the response is not one of this mechanism')
  expect(await client.say('USER alice')).toMatch(/^\+OK/)
})

test('R79: an unknown mechanism, and an initial response where the server speaks first', async () => {
  const client = await greeted(server())
  expect(await client.say('AUTH X-NOSUCH')).toBe('-ERR no such mechanism')
  expect(await client.say('AUTH CRAM-MD5 AAAA')).toBe('-ERR this mechanism has no initial response')
  expect(await client.say('AUTH')).toBe('-ERR syntax error in AUTH')
})

test('R73, R80: after the login SASL stays in CAPA, and AUTH is refused', async () => {
  const client = await greeted(server())
  await client.say(`AUTH PLAIN ${encodeBase64(formatPlain(alice))}`)
  expect((await client.ask('CAPA')).join(' ')).toContain('SASL SCRAM-SHA-256')
  expect(await client.say('AUTH PLAIN')).toBe('-ERR AUTH is not valid in this state')
})

test('R81: a response may be as long as it likes, up to the limit of the server', async () => {
  const client = await greeted(server({ limits: { responseOctets: 4000 } }))
  await client.say('AUTH PLAIN')
  expect(await client.say('A'.repeat(3996))).toBe('-ERR the response is not one of this mechanism')
  await client.say('AUTH PLAIN')
  expect(await client.say('A'.repeat(4000))).toBe('-ERR command line too long')
  expect(await client.say('USER alice')).toMatch(/^\+OK/)
})

test('R48: CAPA lists the mechanisms that a maildrop can be entered by', async () => {
  const saslOf = async (options: Pop3ServerOptions): Promise<string | undefined> => {
    const client = await greeted(setupPop3Server(options))
    return (await client.ask('CAPA')).find((line) => line.startsWith('SASL'))
  }
  expect(await saslOf({})).toBeUndefined()
  expect(await saslOf({ maildrops: { alice: { accessTokens: ['x'] } } })).toBe('SASL OAUTHBEARER XOAUTH2')
  expect(await saslOf({ maildrops: { alice: { password: 'x' } } })).toBe(
    'SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN',
  )
})

test('responses are *** in the transcript and nowhere else', async () => {
  await using pop3 = server()
  const secrets = ['wonderland', encodeBase64(formatPlain(alice)), encodeBase64(encodeText('wonderland'))]
  const one = await greeted(pop3)
  await one.say('AUTH PLAIN')
  await one.say(encodeBase64(formatPlain(alice)))
  await one.leave()
  const two = await greeted(pop3)
  await two.say(`AUTH PLAIN ${encodeBase64(formatPlain(alice))}`)
  await two.leave()
  const three = await greeted(pop3)
  await three.say('AUTH LOGIN')
  await three.say(encodeBase64(encodeText('alice')))
  three.send(encodeBase64(encodeText('wonderland')).slice(0, 8))
  await three.leave()
  const shown =
    pop3.transcript() + JSON.stringify(pop3.sessions.map(({ entries, commands }) => ({ entries, commands })))
  for (const secret of [...secrets, 'd29uZGVy']) expect(shown).not.toContain(secret)
  expect(pop3.transcript()).toContain('C: AUTH PLAIN\nS: + \nC: ***\nS: +OK')
})
