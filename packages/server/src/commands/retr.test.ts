import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R31: RETR sends the whole message', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.ask('RETR 1')).toEqual(['+OK 31 octets', 'Subject: one', '', 'first message'])
})

test('R7, R29: bare LF becomes CRLF and the last line is ended', async () => {
  const client = await talk(aliceServer()).login()
  await client.ask('RETR 2')
  expect(client.chunks.at(-1)).toBe('+OK 27 octets\r\nSubject: two\r\n\r\n..dot\r\nend\r\n.\r\n')
})

test('R8: every line that begins with a dot gets another one, the first line of a message too', async () => {
  const client = await talk(aliceServer({}, ['.\r\n..\r\n. \r\nx.\r\n.'])).login()
  expect(await client.ask('RETR 1')).toEqual(['+OK 18 octets', '..', '...', '.. ', 'x.', '..'])
})

test('R29: the size counts neither the added dots nor the terminator', async () => {
  const client = await talk(aliceServer({}, ['.\r\n.\r\n'])).login()
  expect(await client.say('LIST 1')).toBe('+OK 1 6')
})

test('R31: RETR of a message that is not there or marked deleted is refused', async () => {
  const client = await talk(aliceServer()).login()
  await client.say('DELE 1')
  expect(await client.say('RETR 1')).toBe('-ERR message 1 is marked deleted')
  expect(await client.say('RETR 9')).toBe('-ERR no such message, 2 in maildrop')
})

test('M36: RETR of a message that somebody else removed says that it is gone', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  server.maildrop('alice').expunge(1)
  expect(await client.say('RETR 1')).toBe('-ERR message 1 is gone')
  expect(await client.say('LIST 1')).toBe('+OK 1 31')
})

test('a message of no octets is the status line and the terminator', async () => {
  const client = await talk(aliceServer({}, [''])).login()
  await client.ask('RETR 1')
  expect(client.chunks.at(-1)).toBe('+OK 0 octets\r\n.\r\n')
})

test('R7, M14: NUL and 8-bit octets pass as they are', async () => {
  const octets = Uint8Array.from({ length: 256 }, (_, octet) => octet)
  const server = aliceServer({}, [])
  server.maildrop('alice').deliver(Buffer.concat([Buffer.from('\r\n'), octets]))
  const client = await talk(server).login()
  const [, ...lines] = await client.ask('RETR 1')
  const expected = Buffer.from(octets).toString('latin1').replace('\n', '\r\n')
  expect(`${lines.join('\r\n')}\r\n`).toBe(`\r\n${expected}\r\n`)
})
