import {
  decodeBase64,
  decodeText,
  encodeBase64,
  encodeText,
  formatScramServerFinal,
  formatScramServerFirst,
  parseScramClientFirst,
  scramAuthMessage,
  scramKeys,
  scramServerSignature,
} from '@pop3kit/codec'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Pop3Client } from '../client.ts'
import { scramHash } from '../sasl/scram-hash.ts'
import { type Answer, type Cut, type Script, scriptedServer } from '../testing/scripted-server.ts'
import type { Pop3Auth, Pop3PasswordMechanism } from './auth.ts'

const password = { user: 'tim', pass: 'tanstaaf' }
const token = { user: 'tim', accessToken: 'ya29.vF9dft4qmT' }
const base64 = (text: string): string => encodeBase64(encodeText(text))
const plain = base64('\0tim\0tanstaaf')

const announcing = (mechanisms: string): Script => ({ CAPA: `+OK\r\nSASL ${mechanisms}\r\n.\r\n` })

interface Outcome {
  readonly commands: readonly string[]
  readonly error: unknown
  readonly dropped: boolean
}

async function logIn(script: Script, auth: Pop3Auth, cut?: Cut): Promise<Outcome> {
  const { transport, commands } = scriptedServer(script, cut)
  const client = new Pop3Client({ transport })
  const error = await client.login(auth).catch((error: unknown) => error)
  return { commands, error, dropped: transport.destroyed }
}

const accepted = (...commands: readonly string[]): Outcome => ({ commands, error: undefined, dropped: false })

/** As many answers, one after the other, whatever is said. */
function inTurn(...answers: readonly string[]): Script {
  const rest = [...answers]
  const next: Answer = (end) => end.send(`${rest.shift() ?? '-ERR nothing is left to say'}\r\n`)
  return { AUTH: next, otherwise: next }
}

test('R72: the initial response goes with AUTH where SASL is announced, and behind a challenge elsewhere', async () => {
  expect(await logIn({ ...announcing('PLAIN'), AUTH: '+OK\r\n' }, password)).toEqual(
    accepted('CAPA', `AUTH PLAIN ${plain}`),
  )
  const named = { ...password, mechanism: 'PLAIN' } as const
  expect(await logIn(inTurn('+ ', '+OK'), named)).toEqual(accepted('AUTH PLAIN', plain))
})

test('R74: a line of AUTH has 255 octets at most, a longer response waits for the challenge', async () => {
  // "AUTH PLAIN " and CRLF leave 242 octets, which is 240 of base64 and 180 of the message
  const fits = { user: 'tim', pass: 'x'.repeat(175) }
  const inOneLine = `AUTH PLAIN ${base64(`\0tim\0${fits.pass}`)}`
  expect(inOneLine).toHaveLength(251)
  expect(await logIn({ ...announcing('PLAIN'), AUTH: '+OK\r\n' }, fits)).toEqual(accepted('CAPA', inOneLine))
  const long = { user: 'tim', pass: 'x'.repeat(176) }
  expect(await logIn({ ...announcing('PLAIN'), ...inTurn('+ ', '+OK') }, long)).toEqual(
    accepted('CAPA', 'AUTH PLAIN', base64(`\0tim\0${long.pass}`)),
  )
})

test('LOGIN gives name and password as it is asked for them', async () => {
  const script = inTurn(`+ ${base64('Username:')}`, `+ ${base64('Password:')}`, '+OK')
  expect(await logIn(script, { ...password, mechanism: 'LOGIN' })).toEqual(
    accepted('AUTH LOGIN', base64('tim'), base64('tanstaaf')),
  )
})

test('CRAM-MD5 answers the challenge of RFC 2195', async () => {
  const script = inTurn(`+ ${base64('<1896.697170952@postoffice.reston.mci.net>')}`, '+OK')
  const auth = { user: 'tim', pass: 'tanstaaftanstaaf', mechanism: 'CRAM-MD5' } as const
  expect(await logIn(script, auth)).toEqual(
    accepted('AUTH CRAM-MD5', 'dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw'),
  )
})

test('R81: a challenge may be longer than any line', async () => {
  const script = inTurn(`+ ${base64('x'.repeat(40_000))}`, '+OK')
  expect(await logIn(script, { ...password, mechanism: 'CRAM-MD5' })).toMatchObject({ error: undefined })
})

test.each([['+'], ['+ '], ['+OK'], ['+ go ahead'], ['+OK please go on'], ['+ !!']])(
  'M57: "%s" is a sign to go on for mechanisms that need no challenge',
  async (sign) => {
    const script = (): Script => inTurn(sign, sign, '+OK')
    expect((await logIn(inTurn(sign, '+OK'), { ...password, mechanism: 'PLAIN' })).error).toBeUndefined()
    expect(await logIn(script(), { ...password, mechanism: 'LOGIN' })).toEqual(
      accepted('AUTH LOGIN', base64('tim'), base64('tanstaaf')),
    )
    expect((await logIn(inTurn(sign, '+OK'), { ...token, mechanism: 'XOAUTH2' })).error).toBeUndefined()
  },
)

test.each(['+ go ahead', '+ PDE4OTY', '+ PDE4=TY=', '+ PDE4OTZAaG9zdD5='])(
  'R77: where the challenge is needed "%s" is answered with "*", and the connection goes on',
  async (challenge) => {
    const outcome = await logIn(inTurn(challenge, '-ERR cancelled'), { ...password, mechanism: 'CRAM-MD5' })
    expect(outcome).toMatchObject({
      commands: ['AUTH CRAM-MD5', '*'],
      error: { code: 'POP3_PROTOCOL', offset: 11 },
      dropped: false,
    })
  },
)

test('behind a challenge that was cancelled the next mechanism is tried', async () => {
  const script = { ...announcing('CRAM-MD5 PLAIN'), ...inTurn('+ go ahead', '-ERR cancelled', '+OK') }
  expect(await logIn(script, password)).toEqual(accepted('CAPA', 'AUTH CRAM-MD5', '*', `AUTH PLAIN ${plain}`))
})

test.each([
  ['CRAM-MD5', 'in the place of a challenge', inTurn('+OK welcome')],
  ['SCRAM-SHA-1', 'in the place of a challenge', inTurn('+ ', '+OK welcome')],
  ['CRAM-MD5', 'to the cancellation', inTurn('+ go ahead', '+OK welcome')],
] as const)('%s: "+OK" %s ends the connection', async (mechanism, _, script) => {
  expect(await logIn(script, { ...password, mechanism })).toMatchObject({
    error: { code: 'POP3_PROTOCOL', excerpt: '***' },
    dropped: true,
  })
})

test('a challenge when all has been said is answered with "*", and stands in the error', async () => {
  const named = { ...password, mechanism: 'PLAIN' } as const
  expect(await logIn(inTurn('+ ', `+ ${base64('what?')}`, '-ERR no'), named)).toMatchObject({
    commands: ['AUTH PLAIN', plain, '*'],
    error: { code: 'POP3_REPLY', command: 'AUTH PLAIN', explanation: 'what?' },
    dropped: false,
  })
})

test('R87: XOAUTH2 goes in two lines even where one would do', async () => {
  const script = { ...announcing('XOAUTH2'), ...inTurn('+ ', '+OK') }
  const message = base64('user=tim\x01auth=Bearer ya29.vF9dft4qmT\x01\x01')
  expect(await logIn(script, token)).toEqual(accepted('CAPA', 'AUTH XOAUTH2', message))
})

test('R88: OAUTHBEARER goes in one line where SASL is announced', async () => {
  const script = { ...announcing('OAUTHBEARER XOAUTH2'), AUTH: '+OK\r\n' }
  const message = base64('n,a=tim,\x01auth=Bearer ya29.vF9dft4qmT\x01\x01')
  expect(await logIn(script, token)).toEqual(accepted('CAPA', `AUTH OAUTHBEARER ${message}`))
})

const json = '{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}'

test.each([
  ['R86', 'XOAUTH2', ''],
  ['R89', 'OAUTHBEARER', 'AQ=='],
] as const)(
  '%s: what %s says about a failure is acknowledged, and stands in the error',
  async (_, mechanism, answer) => {
    const { commands, error, dropped } = await logIn(inTurn('+ ', `+ ${base64(json)}`, '-ERR [AUTH] no'), {
      ...token,
      mechanism,
    })
    expect(commands.slice(2)).toEqual([answer])
    expect(error).toMatchObject({ code: 'POP3_REPLY', responseCode: 'AUTH', explanation: json })
    expect(dropped).toBe(false)
  },
)

test('EXTERNAL says nothing but whose mailbox it is', async () => {
  const external = { mechanism: 'EXTERNAL' } as const
  expect(await logIn(inTurn('+ ', '+OK'), external)).toEqual(accepted('AUTH EXTERNAL', ''))
  expect(await logIn(inTurn('+ ', '+OK'), { ...external, user: 'tim' })).toEqual(
    accepted('AUTH EXTERNAL', base64('tim')),
  )

  const { transport, commands } = scriptedServer({ ...announcing('EXTERNAL'), AUTH: '+OK\r\n' })
  const client = new Pop3Client({ transport })
  await client.capa()
  await client.login(external)
  expect(commands).toEqual(['CAPA', 'AUTH EXTERNAL ='])
})

test('a response of no octets is not taken for a secret', async () => {
  const { transport } = scriptedServer({ ...announcing('EXTERNAL'), AUTH: '-ERR certificate="none"\r\n' })
  const client = new Pop3Client({ transport })
  await client.capa()
  await expect(client.login({ mechanism: 'EXTERNAL' })).rejects.toMatchObject({ reply: { text: 'certificate="none"' } })
})

/** The server's side of SCRAM, with what it says last. */
function scram(
  hashName: 'SHA-1' | 'SHA-256',
  last: (signature: Uint8Array) => string,
  pass = 'tanstaaf',
  salt = encodeText('salt'),
): Script {
  const hash = scramHash(hashName)
  let clientFirst: Uint8Array = new Uint8Array()
  let serverFirst: Uint8Array
  const begin = (response: string): string => {
    clientFirst = decodeBase64(response)
    const nonce = `${parseScramClientFirst(clientFirst).nonce}3rfcNHYJ`
    serverFirst = formatScramServerFirst({ nonce, salt, iterations: 4096 })
    return `+ ${encodeBase64(serverFirst)}`
  }
  return {
    AUTH: (end, line) => end.send(`${begin(line.split(' ')[2] ?? '')}\r\n`),
    '': '+OK\r\n',
    '*': '-ERR cancelled\r\n',
    otherwise: (end, line) => {
      const authMessage = scramAuthMessage({ clientFirst, serverFirst, clientFinal: decodeBase64(line) })
      const keys = scramKeys(hash, pass, { salt, iterations: 4096 })
      end.send(`${last(scramServerSignature(hash, keys, authMessage))}\r\n`)
    },
  }
}

const proof = (signature: Uint8Array): string => `+ ${encodeBase64(formatScramServerFinal({ signature }))}`

test.each(['SHA-1', 'SHA-256'] as const)(
  'SCRAM-%s logs in when the server proves that it knows the password',
  async (hash) => {
    const script = { ...announcing(`SCRAM-${hash}`), ...scram(hash, proof) }
    const { commands, error } = await logIn(script, password)
    expect(error).toBeUndefined()
    expect(commands).toHaveLength(4)
    expect(decodeText(decodeBase64(commands[1]?.split(' ')[2] ?? ''))).toMatch(/^n,,n=tim,r=[\w+/=]{24}$/)
    expect(decodeText(decodeBase64(commands[2] ?? ''))).toMatch(/^c=biws,r=.{24}3rfcNHYJ,p=/)
  },
)

test('R10: an exchange that comes octet by octet is the same', async () => {
  const script = { ...announcing('SCRAM-SHA-256'), ...scram('SHA-256', proof) }
  const { error } = await logIn(script, password, (octets) => Array.from(octets, (octet) => Uint8Array.of(octet)))
  expect(error).toBeUndefined()
})

test('no two exchanges of SCRAM have a nonce in common', async () => {
  const firsts = await Promise.all(
    [1, 2].map(
      async () => (await logIn({ ...announcing('SCRAM-SHA-1'), ...scram('SHA-1', proof) }, password)).commands[1],
    ),
  )
  expect(new Set(firsts).size).toBe(2)
})

test('a server that does not know the password gets no other mechanism to learn it', async () => {
  const script = { ...announcing('SCRAM-SHA-256 PLAIN'), ...scram('SHA-256', proof, 'another') }
  const { commands, error, dropped } = await logIn(script, password)
  expect(commands).toHaveLength(3)
  expect(error).toMatchObject({ code: 'POP3_PROTOCOL', message: expect.stringContaining('does not know the password') })
  expect(dropped).toBe(true)
})

test('nor does one that does not even try to prove it', async () => {
  const script = { ...announcing('SCRAM-SHA-256 PLAIN'), ...scram('SHA-256', () => '+OK welcome') }
  expect(await logIn(script, password)).toMatchObject({ error: { code: 'POP3_PROTOCOL' }, dropped: true })
})

test('what SCRAM says about a failure stands in the error', async () => {
  const says = (): string => `+ ${base64('e=invalid-proof')}`
  const script = { ...announcing('SCRAM-SHA-256'), ...scram('SHA-256', says) }
  expect(await logIn(script, password)).toMatchObject({
    error: { code: 'POP3_REPLY', explanation: 'invalid-proof', reply: { line: '-ERR cancelled' } },
    dropped: false,
  })
})

/** Servers that repeat what they were told. */
const echo: Answer = (end, line) => end.send(`-ERR ${line} tanstaaf\r\n`)
const explain: Answer = (end, line) =>
  end.send(line.startsWith('AUTH') ? '+ \r\n' : `+ ${base64(`{ "you": "${line} tanstaaf" }`)}\r\n`)

test.each<[string, Script]>([
  ['in a refusal', { AUTH: echo, otherwise: echo }],
  ['behind a challenge', { AUTH: '+ \r\n', otherwise: echo }],
  ['in an explanation', { AUTH: explain, otherwise: explain, '*': echo, '': echo, 'AQ==': echo }],
  ['in place of a reply', { AUTH: '+ \r\n', otherwise: (end, line) => end.send(`${line}\r\n`) }],
  ['behind the reply', { AUTH: '+ \r\n', otherwise: (end, line) => end.send(`+OK\r\n${line}\r\n`) }],
])('what was said stands in no error, though the server repeats it %s', async (_, script) => {
  const mechanisms: readonly Pop3PasswordMechanism[] = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1']
  const auths: readonly Pop3Auth[] = [
    ...mechanisms.map((mechanism) => ({ ...password, mechanism })),
    { user: 'tim', accessToken: 'tanstaaf', mechanism: 'XOAUTH2' },
    { user: 'tim', accessToken: 'tanstaaf', mechanism: 'OAUTHBEARER' },
    password,
  ]
  for (const auth of auths) {
    const { commands, error } = await logIn({ ...announcing('PLAIN'), ...script }, auth)
    const shown = inspect(error, { depth: 10, showHidden: true, getters: true })
    expect(shown).toContain('POP3_')
    expect(shown).not.toContain('tanst')
    const said = commands.flatMap((line) => line.split(' ')).filter((word) => /^[\w+/]{8,}=*$/.test(word))
    for (const word of said.filter((word) => word !== 'OAUTHBEARER')) expect(shown).not.toContain(word.slice(0, 8))
  }
})
