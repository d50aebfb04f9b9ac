import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'
import type { Entry } from './entry.ts'
import { transcriptOf } from './transcript.ts'

const sent = (...octets: string[]): Entry[] =>
  octets.map((text) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    return { type: 'sent', session: 1, at: 0, count: bytes.length, octets: bytes }
  })

test('a line that came in several pieces is one line', () => {
  expect(transcriptOf(sent('+O', 'K\r', '\n'))).toBe('S: +OK\n')
})

test('a character of UTF-8 that came in two pieces is that character, and other octets are Latin-1', () => {
  expect(transcriptOf(sent('\xc3', '\xa9\r\n\xe9\r\n'))).toBe('S: é\nS: é\n')
})

test('a line that the server never ended is shown before what happened next', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  server.sessions[0]?.sent(Uint8Array.from([0x78]))
  await client.leave()
  expect(server.sessions[0]?.transcript().split('\n').slice(-3)).toEqual(['S: x', '# closed by the client (end)', ''])
})
