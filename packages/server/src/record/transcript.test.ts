import { expect, test } from 'vitest'
import { fault, pop3 } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'
import type { Entry } from './entry.ts'
import { transcriptOf } from './transcript.ts'

const sent = (...octets: string[]): Entry[] =>
  octets.map((text) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    return { type: 'sent', session: 1, at: 0, count: bytes.length, octets: bytes }
  })

test('pieces are shown as they were sent, and a line that goes on ends with a backslash', () => {
  expect(transcriptOf(sent('+O', 'K\r', '\n'))).toBe('S: +O\\\n--\nS: K\\r\\\n--\nS: \n')
  expect(transcriptOf(sent('+OK\r\n', '.\r\n'))).toBe('S: +OK\n--\nS: .\n')
})

test('text is UTF-8, and octets that are not are Latin-1', () => {
  expect(transcriptOf(sent('\xc3\xa9\r\n\xe9\r\n'))).toBe('S: é\nS: é\n')
})

test('what follows a reply that another one was asked for is no piece of it', () => {
  const [one, two] = sent('+OK\r\n', '+OK\r\n')
  const command: Entry = { type: 'command', verb: 'NOOP', line: 'NOOP', session: 1, at: 0 }
  expect(transcriptOf([one, command, two].flatMap((entry) => entry ?? []))).toBe('S: +OK\nC: NOOP\nS: +OK\n')
})

test('handlers that were asked and faults that took effect are shown where they did', async () => {
  const server = aliceServer()
  server.use(pop3.noop(fault.split({ octet: 2 })), pop3.retr(2, fault.reset({ octet: 4 })))
  const client = await talk(server).login()
  await client.say('NOOP')
  client.send('RETR 2\r\n')
  await client.rest()
  expect(server.sessions[0]?.transcript().split(/(?=C: NOOP)/)[1]).toBe(
    [
      'C: NOOP',
      '# handler: NOOP',
      'S: +O\\',
      '# fault: split({ octet: 2 })',
      'S: K',
      'C: RETR 2',
      '# handler: RETR 2',
      'S: +OK \\',
      '# fault: reset({ octet: 4 })',
      '# reset by the server (handler)',
      '',
    ].join('\n'),
  )
})

test('a line that the server never ended is shown before what happened next', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  server.sessions[0]?.sent(Uint8Array.from([0x78]))
  await client.leave()
  expect(server.sessions[0]?.transcript().split('\n').slice(-3)).toEqual(['S: x\\', '# closed by the client (end)', ''])
})

test('an error of several lines, such as a difference, is a comment in each of them', async () => {
  const server = aliceServer()
  server.use(
    pop3.noop(() => {
      throw new Error('expected\n- one\n+ two')
    }),
  )
  const client = await talk(server).login()
  await client.say('NOOP')
  expect(server.transcript()).toContain('\n# error: Error: expected\n# - one\n# + two\nS: -ERR ')
  await expect(server.close()).rejects.toThrow('- one')
})
