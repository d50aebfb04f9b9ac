import { isPop3Error } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { Pop3Client } from './client.ts'
import { login, octets, type Script, scriptedServer, text } from './testing/scripted-server.ts'

const auth = { user: 'alice', pass: 'wonderland', mechanism: 'USER' } as const

function clientOf(script: Script, cut?: Parameters<typeof scriptedServer>[1]): Pop3Client {
  return new Pop3Client({ transport: scriptedServer(script, cut).transport })
}

test('R1: greeting, login, every command and QUIT go over the wire one after another', async () => {
  const server = scriptedServer({
    ...login,
    CAPA: '+OK\r\nTOP\r\nSASL PLAIN\r\n.\r\n',
    STAT: '+OK 2 320\r\n',
    LIST: '+OK\r\n1 120\r\n2 200\r\n.\r\n',
    'LIST 2': '+OK 2 200\r\n',
    UIDL: '+OK\r\n1 uid-1\r\n2 uid-2\r\n.\r\n',
    'UIDL 2': '+OK 2 uid-2\r\n',
    RETR: '+OK\r\nA: b\r\n\r\nbody\r\n.\r\n',
    TOP: '+OK\r\nA: b\r\n\r\n.\r\n',
    DELE: '+OK\r\n',
    NOOP: '+OK\r\n',
    RSET: '+OK\r\n',
    QUIT: '+OK bye\r\n',
  })
  const client = await Pop3Client.connect({ transport: server.transport, auth })
  expect(client.greeting?.line).toBe('+OK ready')
  expect((await client.capa()).get('sasl')).toEqual(['PLAIN'])
  expect(await client.stat()).toEqual({ messages: 2, octets: 320 })
  expect(await client.list()).toEqual([
    { number: 1, octets: 120 },
    { number: 2, octets: 200 },
  ])
  expect(await client.list(2)).toEqual({ number: 2, octets: 200 })
  expect(await client.uidl()).toEqual([
    { number: 1, uniqueId: 'uid-1' },
    { number: 2, uniqueId: 'uid-2' },
  ])
  expect(await client.uidl(2)).toEqual({ number: 2, uniqueId: 'uid-2' })
  expect(text(await client.retr(1))).toBe('A: b\r\n\r\nbody\r\n')
  expect(text(await client.top(1, 0))).toBe('A: b\r\n\r\n')
  await client.dele(1)
  await client.noop()
  await client.rset()
  await client.quit()
  expect(server.commands).toEqual([
    'USER alice',
    'PASS wonderland',
    'CAPA',
    'STAT',
    'LIST',
    'LIST 2',
    'UIDL',
    'UIDL 2',
    'RETR 1',
    'TOP 1 0',
    'DELE 1',
    'NOOP',
    'RSET',
    'QUIT',
  ])
})

test('commands called at once are sent in order, each after the reply to the one before', async () => {
  const server = scriptedServer({ STAT: '+OK 1 5\r\n', RETR: '+OK\r\na\r\n.\r\n', NOOP: '+OK\r\n' })
  await using client = new Pop3Client({ transport: server.transport })
  const calls = [client.stat(), client.retr(1), client.noop()]
  expect(server.commands).toEqual([])
  await Promise.all(calls)
  expect(server.commands).toEqual(['STAT', 'RETR 1', 'NOOP'])
})

test('a message is given as plain octets, 8-bit and NUL unharmed', async () => {
  const body = octets('\u0000\u00E9\u00FF\r\n')
  await using client = clientOf({ RETR: Buffer.concat([octets('+OK\r\n'), body, octets('.\r\n')]) })
  const bytes = await client.retr(1)
  expect(bytes).toEqual(body)
  expect(bytes.constructor).toBe(Uint8Array)
})

test('R9: dot-stuffing is undone, in RETR and in TOP', async () => {
  await using client = clientOf({ RETR: '+OK\r\n..\r\n...x\r\n.\r\n', TOP: '+OK\r\n..x\r\n.\r\n' })
  expect(text(await client.retr(1))).toBe('.\r\n..x\r\n')
  expect(text(await client.top(1, 1))).toBe('.x\r\n')
})

test('R27, M9: an empty listing is empty', async () => {
  await using client = clientOf({ LIST: '+OK\r\n.\r\n', UIDL: '+OK\r\n.\r\n' })
  expect(await client.list()).toEqual([])
  expect(await client.uidl()).toEqual([])
})

test('M7: a server that speaks bare LF is understood', async () => {
  const server = scriptedServer({
    greeting: '+OK ready\n',
    STAT: '+OK 1 4\n',
    RETR: '+OK\nabc\n.\n',
    LIST: '+OK\n1 4\n.\n',
  })
  await using client = new Pop3Client({ transport: server.transport })
  expect(await client.stat()).toEqual({ messages: 1, octets: 4 })
  expect(text(await client.retr(1))).toBe('abc\n')
  expect(await client.list()).toEqual([{ number: 1, octets: 4 }])
})

test('D5: blank lines among the capabilities are passed over', async () => {
  await using client = clientOf({ CAPA: '+OK\r\nTOP\r\n\r\nUIDL\r\n \r\n.\r\n' })
  expect([...(await client.capa())].map(({ tag }) => tag)).toEqual(['TOP', 'UIDL'])
})

const malformed: readonly (readonly [title: string, script: Script, call: (client: Pop3Client) => Promise<unknown>])[] =
  [
    ['M23: a negative total', { STAT: '+OK 2 -5\r\n' }, (client) => client.stat()],
    ['a STAT without a size', { STAT: '+OK 2\r\n' }, (client) => client.stat()],
    ['M24: a size that is none', { LIST: '+OK\r\n1 %!d(float64=5461)\r\n.\r\n' }, (client) => client.list()],
    ['M26: LIST n without the number', { LIST: '+OK 200\r\n' }, (client) => client.list(2)],
    ['M28: LIST n about another message', { LIST: '+OK 99 200\r\n' }, (client) => client.list(2)],
    ['M28: UIDL n about another message', { UIDL: '+OK 99 uid\r\n' }, (client) => client.uidl(2)],
    ['M29: a row without a unique-id', { UIDL: '+OK\r\n1 a\r\n2\r\n3 c\r\n.\r\n' }, (client) => client.uidl()],
    ['M18: "+OK" in front of each row', { UIDL: '+OK\r\n+OK 1 a\r\n.\r\n' }, (client) => client.uidl()],
  ]

test.each(malformed)('%s is a protocol error, and the connection goes on', async (_, script, call) => {
  await using client = clientOf({ ...script, NOOP: '+OK\r\n' })
  await expect(call(client)).rejects.toMatchObject({ code: 'POP3_PROTOCOL', offset: expect.any(Number) })
  await client.noop()
})

const tolerated: readonly (readonly [
  title: string,
  script: Script,
  call: (client: Pop3Client) => Promise<unknown>,
  unknown,
])[] = [
  [
    'R30: text behind the numbers of STAT',
    { STAT: '+OK 2 320 octets\r\n' },
    (client) => client.stat(),
    { messages: 2, octets: 320 },
  ],
  [
    'R30: text behind a scan listing',
    { LIST: '+OK\r\n1 5 x\r\n.\r\n' },
    (client) => client.list(),
    [{ number: 1, octets: 5 }],
  ],
  ['M19: several spaces', { UIDL: '+OK\r\n1   a\r\n.\r\n' }, (client) => client.uidl(), [{ number: 1, uniqueId: 'a' }]],
  ['M32: spaces in a unique-id', { UIDL: '+OK 1 a b\r\n' }, (client) => client.uidl(1), { number: 1, uniqueId: 'a b' }],
  [
    'M33: gaps in the numbers',
    { LIST: '+OK\r\n3 5\r\n9 6\r\n.\r\n' },
    (client) => client.list(),
    [
      { number: 3, octets: 5 },
      { number: 9, octets: 6 },
    ],
  ],
]

test.each(tolerated)('%s is taken as real servers mean it', async (_, script, call, result) => {
  await using client = clientOf(script)
  expect(await call(client)).toEqual(result)
})

test('-ERR rejects that call with the reply, the code and the command, and the connection goes on', async () => {
  await using client = clientOf({ RETR: '-ERR [SYS/TEMP] no such message\r\n', NOOP: '+OK\r\n' })
  const refusal = await client.retr(2).catch((error: unknown) => error)
  expect(refusal).toMatchObject({
    name: 'Pop3ReplyError',
    code: 'POP3_REPLY',
    command: 'RETR 2',
    responseCode: 'SYS/TEMP',
    message: 'Server refused "RETR 2": "-ERR [SYS/TEMP] no such message"',
  })
  expect(isPop3Error(refusal)).toBe(true)
  await client.noop()
})

test.each([
  ['a message number of 0', (client: Pop3Client) => client.retr(0)],
  ['a message number that is no integer', (client: Pop3Client) => client.list(1.5)],
  ['a negative number of lines', (client: Pop3Client) => client.top(1, -1)],
  ['a CR LF in the name', (client: Pop3Client) => client.login({ user: 'a\r\nDELE 1', pass: 'b' })],
  ['a NUL in the password', (client: Pop3Client) => client.login({ user: 'a', pass: 'b\u0000' })],
  ['a time limit of nothing', (client: Pop3Client) => client.stat({ timeout: 0 })],
  ['a message number of 0, in a loop', (client: Pop3Client) => client.retrStream(0)[Symbol.asyncIterator]().next()],
])('R98: %s is refused before anything is written', async (_, call) => {
  const server = scriptedServer({ STAT: '+OK 0 0\r\n' })
  await using client = new Pop3Client({ transport: server.transport })
  await expect(call(client)).rejects.toMatchObject({ code: 'POP3_ARGUMENT' })
  await client.stat()
  expect(server.commands).toEqual(['STAT'])
})

test('QUIT that is refused rejects, and the session is over (R38)', async () => {
  const client = clientOf({ QUIT: '-ERR some deleted messages not removed\r\n' })
  await expect(client.quit()).rejects.toMatchObject({ code: 'POP3_REPLY', command: 'QUIT' })
  await expect(client.noop()).rejects.toMatchObject({ code: 'POP3_CLOSED', cause: { code: 'POP3_REPLY' } })
})

test('after QUIT the transport is closed and later calls say so', async () => {
  const server = scriptedServer({ QUIT: '+OK\r\n' })
  const client = new Pop3Client({ transport: server.transport })
  await client.quit()
  await expect.poll(() => server.transport.destroyed).toBe(true)
  await expect(client.stat()).rejects.toMatchObject({ code: 'POP3_CLOSED', phase: 'STAT', cause: { phase: 'QUIT' } })
})

test('close() may be called at any time and any number of times', async () => {
  const server = scriptedServer()
  const client = new Pop3Client({ transport: server.transport })
  await client.close()
  await client.close()
  expect(server.transport.destroyed).toBe(true)
})

test('an error of the transport after the end reaches nobody', async () => {
  const server = scriptedServer({ QUIT: '+OK\r\n' })
  const client = new Pop3Client({ transport: server.transport })
  await client.quit()
  await client.close()
  expect(() => server.transport.emit('error', new Error('late'))).not.toThrow()
})

test('R15: what stands behind the status does not matter, except for STAT, LIST and UIDL', async () => {
  const client = clientOf({
    greeting: '+OK\r\n',
    DELE: '+OK -ERR 99 [IN-USE]\r\n',
    NOOP: '+OK\r\n',
    RETR: '+OK 5000 octets\r\nshort\r\n.\r\n',
    STAT: '+OK 2 320\r\n',
  })
  await client.dele(1)
  await client.noop()
  expect(text(await client.retr(1))).toBe('short\r\n')
  expect(await client.stat()).toEqual({ messages: 2, octets: 320 })
})

test('R46, R59: a server that refuses CAPA is used all the same', async () => {
  const client = clientOf({
    greeting: '+OK\r\n',
    CAPA: '-ERR\r\n',
    UIDL: '+OK\r\n1 uid-1\r\n.\r\n',
    RETR: '+OK\r\nx\r\n.\r\n',
  })
  await expect(client.capa()).rejects.toMatchObject({ code: 'POP3_REPLY', command: 'CAPA' })
  const fetched: string[] = []
  for await (const message of client.messages()) fetched.push(`${message.uidl} ${text(await message.bytes())}`)
  expect(fetched).toEqual(['uid-1 x\r\n'])
})
