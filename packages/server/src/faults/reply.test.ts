import { expect, test } from 'vitest'
import { type Fault, fault, pop3 } from '../index.ts'
import { play } from '../testing/play.ts'
import { aliceServer, talk } from '../testing/talk.ts'

const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'
const listing = '+OK 2 messages (58 octets)\r\n1 31\r\n2 27\r\n.\r\n'

test.each<[Fault, string, string]>([
  [fault.err(), 'RETR 1', '-ERR refused\r\n'],
  [fault.err('quota exceeded', { code: 'SYS/PERM' }), 'DELE 1', '-ERR [SYS/PERM] quota exceeded\r\n'],
  [fault.status('+ERR'), 'STAT', '+ERR 2 58\r\n'],
  [fault.status('+ok'), 'RETR 1', whole.replace('+OK', '+ok')],
  [fault.status(''), 'STAT', '2 58\r\n'],
  [fault.status(''), 'NOOP', '\r\n'],
  [fault.status(''), 'RETR 1', whole.slice('+OK '.length)],
  [fault.status('-ERR'), 'LIST', listing.replace('+OK', '-ERR')],
  [fault.duplicate(), 'RETR 1', `+OK 31 octets\r\n${whole}`],
  [fault.duplicate(), 'RSET', '+OK maildrop has 2 messages (58 octets)\r\n'.repeat(2)],
  [fault.duplicate('reply'), 'RETR 1', whole.repeat(2)],
  [fault.duplicate('reply'), 'STAT', '+OK 2 58\r\n'.repeat(2)],
  [fault.blankLine(), 'STAT', '\r\n+OK 2 58\r\n'],
  [fault.blankLine(), 'RETR 1', `\r\n${whole}`],
  [fault.withhold(), 'RETR 1', ''],
  [fault.single(), 'RETR 1', '+OK 31 octets\r\n'],
  [fault.multiLine(), 'LIST 2', '+OK\r\n2 27\r\n.\r\n'],
  [fault.multiLine(), 'NOOP', '+OK\r\n.\r\n'],
  [fault.fail('status'), 'RETR 1', '+OK 31 octets\r\n-ERR internal error\r\n'],
  [fault.fail({ line: 3 }, 'disk full'), 'RETR 1', '+OK 31 octets\r\nSubject: one\r\n\r\n-ERR disk full\r\n'],
  [fault.fail({ octet: 4 }), 'STAT', '+OK -ERR internal error\r\n'],
  [fault.fail('end'), 'RETR 1', `${whole}-ERR internal error\r\n`],
  [fault.text('maildrop opened'), 'STAT', '+OK maildrop opened\r\n'],
  [fault.text(''), 'RETR 1', whole.replace(' 31 octets', '')],
])('$0.fault at $1: exactly these octets, in one piece', async (played, command, expected) => {
  const { chunks, fired, transcript, server } = await play(played, command)
  expect(chunks).toEqual(expected === '' ? [] : [expected])
  expect(fired).toBe(1)
  expect(transcript).toContain(`# fault: ${played.fault}\n`)
  server.assertNoPendingFaults()
})

test.each<[Fault, string]>([
  [fault.status('+OK'), 'STAT'],
  [fault.single(), 'STAT'],
  [fault.multiLine(), 'LIST'],
  [fault.multiLine(), 'RETR 9'],
  [fault.fail('terminator'), 'STAT'],
  [fault.fail({ octet: 100 }), 'STAT'],
])('$0.fault changes nothing at $1, and is pending', async (played, command) => {
  const honest = await play([], command)
  const { octets, fired, transcript, server } = await play(played, command)
  expect(octets).toBe(honest.octets)
  expect(fired).toBe(0)
  expect(transcript).not.toContain('# fault')
  expect(() => server.assertNoPendingFaults()).toThrow('Cannot pass over a fault that has not fired')
})

test.each([
  [() => fault.err('one\r\ntwo'), "Cannot use 'one\\r\\ntwo' as the text of a refusal: expected one line of text"],
  [() => fault.err('x', { code: 'A\nB' }), "Cannot use 'A\\nB' as a response code: expected one line of text"],
  [
    () => fault.err('x', { kode: 'A' } as never),
    "Cannot use { kode: 'A' } as the options of a refusal: expected an object with code",
  ],
  [() => fault.status(7 as never), 'Cannot use 7 as a status indicator: expected one line of text'],
  [() => fault.duplicate('body' as never), "Cannot use 'body' as what is said twice: expected 'status' or 'reply'"],
  [() => fault.fail('middle' as never), "Cannot use 'middle' as a place of a reply: expected 'start'"],
  [() => fault.fail('start', '\n'), "Cannot use '\\n' as the text of a refusal"],
  [() => fault.text('\r'), "Cannot use '\\r' as the text of a reply"],
])('refused when the fault is made: $1', (make, message) => {
  expect(make).toThrow(message)
  expect(make).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})

test('err: the command is not carried out', async () => {
  const { client, server } = await play(fault.err(), 'DELE 1')
  server.resetHandlers()
  expect(await client.say('STAT')).toBe('-ERR refused')
  expect(await client.say('STAT')).toBe('+OK 2 58')
})

test('M69: a QUIT without an answer is carried out, and the server closes', async () => {
  const { client, server } = await play(fault.withhold(), ['DELE 1', 'QUIT'])
  expect(await client.rest()).toBe('')
  expect(server.maildrop('alice').messages).toHaveLength(1)
})

test('the session goes on behind a reply that was withheld', async () => {
  const { client, server } = await play(fault.withhold(), 'DELE 1')
  server.resetHandlers()
  expect(await client.say('STAT')).toBe('+OK 1 27')
})

test('an answer in words of Latin-1 keeps them', async () => {
  const { octets } = await play(fault.status(''), 'XXX \xe9', { persona: 'dovecot' })
  expect(octets).toMatch(/^[^-+].*\r\n$/)
})

test('a refused login leaves the maildrop alone, and the client begins again with USER', async () => {
  const server = aliceServer()
  server.use(pop3.pass(fault.err('busy', { code: 'IN-USE' }), { once: true }))
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  expect(await client.say('PASS wonderland')).toBe('-ERR [IN-USE] busy')
  expect(await client.say('PASS wonderland')).toBe('-ERR USER first')
  expect(await client.say('USER alice')).toBe('+OK send PASS')
  expect(await client.say('PASS wonderland')).toBe('+OK maildrop has 2 messages (58 octets)')
})
