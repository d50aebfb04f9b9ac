import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

const courierServer = (messages?: string[]): ReturnType<typeof aliceServer> =>
  aliceServer({ persona: 'courier' }, messages)

test('M21: the line end that RETR adds is not counted, so sizes are two octets too small', async () => {
  const client = await talk(courierServer(['Subject: x\n\nend'])).login()
  expect(await client.say('STAT')).toBe('+OK 1 17')
  expect(await client.ask('RETR 1')).toEqual(['+OK 17 octets follow.', 'Subject: x', '', 'end'])
})

test('unique-ids are a serial number and the validity of the mailbox', async () => {
  const client = await talk(courierServer()).login()
  const [status, first = '', second = ''] = await client.ask('UIDL')
  expect(status).toBe('+OK')
  expect(first).toMatch(/^1 UID1-\d{10}$/)
  expect(second.slice(6)).toBe(first.slice(6))
})

test.each([
  ['LIST 1x', '+OK 1 31'],
  ['LIST 01', '+OK 1 31'],
  ['LIST +1', '+OK 1 31'],
  ['LIST  1', '+OK 1 31'],
  ['LIST\t1', '+OK 1 31'],
  ['LIST 1 2', '+OK 1 31'],
  ['LIST 4294967297', '+OK 1 31'],
  ['LIST 18446744073709551617', '-ERR Invalid message number.'],
  ['LIST -1', '-ERR Invalid message number.'],
  ['LIST abc', '-ERR Invalid message number.'],
  ['RETR', '-ERR Invalid message number.'],
  [' stat', '+OK 2 56'],
  ['STAT 1', '+OK 2 56'],
  ['NOOP x', '+OK Yup.'],
  ['', '-ERR Invalid command.'],
  ['LAST', '-ERR Invalid command.'],
])('%j is answered %j', async (command, expected) => {
  const client = await talk(courierServer()).login()
  expect(await client.say(command)).toBe(expected)
})

test('TOP with a negative number of lines is the whole message, with words it is the header', async () => {
  const client = await talk(courierServer()).login()
  expect(await client.ask('TOP 1 -1')).toEqual(['+OK headers follow.', 'Subject: one', '', 'first message'])
  expect(await client.ask('TOP 1 abc')).toEqual(['+OK headers follow.', 'Subject: one', ''])
})

test('a bare LF ends a command', async () => {
  const client = await talk(courierServer()).login()
  client.send('NOOP\nSTAT\n')
  expect([await client.say(), await client.say()]).toEqual(['+OK Yup.', '+OK 2 56'])
})

test('a line of 70000 octets is taken for what it begins with', async () => {
  const client = await talk(courierServer()).login()
  expect(await client.say(`NOOP ${'x'.repeat(70_000)}`)).toBe('+OK Yup.')
})

test('USER holds over other commands, and blanks behind a password do not count', async () => {
  const client = talk(courierServer())
  await client.say()
  await client.say('USER alice')
  await client.ask('CAPA')
  expect(await client.say('PASS wonderland ')).toBe('+OK logged in.')
})

test('a second session has its own snapshot, and finds messages gone that the first removed', async () => {
  const server = courierServer()
  const first = await talk(server).login()
  const second = await talk(server).login()
  await second.say('DELE 1')
  await second.say('QUIT')
  expect(await first.say('STAT')).toBe('+OK 2 56')
  expect(await first.say('RETR 1')).toBe("-ERR Can't open the message file - it's gone!")
})

test('the idle timer is one minute before the login, five after it', async () => {
  const server = aliceServer({ persona: 'courier', clock: 'virtual' })
  const before = talk(server)
  const after = await talk(server).login()
  await before.say()
  await server.clock.advance('1m')
  expect(await before.rest()).toBe('')
  expect(await after.say('NOOP')).toBe('+OK Yup.')
  await server.clock.advance('5m')
  expect(await after.rest()).toBe('')
})

test('what was sent in one packet with the login is lost, and what is sent later is answered', async () => {
  const client = talk(courierServer())
  await client.say()
  client.send('USER alice\r\nPASS wonderland\r\nSTAT\r\nLIST 1\r\n')
  expect([await client.say(), await client.say()]).toEqual(['+OK Password required.', '+OK logged in.'])
  expect(await client.say('NOOP')).toBe('+OK Yup.')
})
