import { encodeText } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { setupPop3Server } from '../index.ts'
import { talk } from '../testing/talk.ts'

const server = setupPop3Server({
  maildrops: {
    alice: { password: 'wonderland' },
    '12345': { password: '12345' },
    'carol@example.com': { password: 'pass' },
  },
})

/** How a line is told as an event and recorded, behind others. */
async function shown(line: string, ...before: string[]): Promise<{ verb: string; line: string }> {
  const peer = talk(server)
  await peer.say()
  for (const each of [...before, line]) await peer.say(each)
  await peer.leave()
  const command = server.sessions.at(-1)?.entries.findLast((entry) => entry.type === 'command')
  return { verb: command?.verb ?? '', line: command?.line ?? '' }
}

test.each([
  ['PASS wonderland', 'PASS ***', 'PASS'],
  ['PASSWORD wonderland', 'PASS***', 'PASS***'],
  ['PASS:hunter2', 'PASS***', 'PASS***'],
  ['USER alice PASS Wonderland', 'USER alice PASS ***', 'USER'],
  ['wonderland', '***', '***'],
  ['say d29uZGVybGFuZA== twice', 'say *** twice', 'SAY'],
  ['USER alice\nPASS hunter2\nNOOP', 'USER alice\nPASS ***', 'USER'],
])('%j is shown as %j, with the keyword %j', async (line, told, verb) => {
  expect(await shown(line)).toEqual({ verb, line: told })
})

test.each(['USER alice', 'USER 12345', 'RETR 12345', 'NOOP', 'XTND XLST', 'user CAROL@example.com'])(
  '%j is shown as it is',
  async (line) => {
    expect((await shown(line)).line).toBe(line)
  },
)

test('a word alone behind AUTH is a response that came too late, and other words are commands', async () => {
  expect(await shown('aHVudGVyMg==')).toMatchObject({ line: 'aHVudGVyMg==' })
  expect(await shown('aHVudGVyMg==', 'AUTH NTLM')).toEqual({ verb: '***', line: '***' })
  expect(await shown('aHVudGVyMg==', 'AUTH NTLM', 'TlRMTVNTUAAB')).toEqual({ verb: '***', line: '***' })
  expect(await shown('NOOP', 'AUTH NTLM', 'TlRMTVNTUAAB')).toEqual({ verb: 'NOOP', line: 'NOOP' })
  expect(await shown('aHVudGVyMg==', 'AUTH NTLM', 'NOOP')).toMatchObject({ line: 'aHVudGVyMg==' })
})

test('what a server repeats of a secret is hidden, octet by octet, and not what the client hears', async () => {
  const echo = setupPop3Server({ persona: 'dovecot', maildrops: { alice: { password: 'wonderland' } } })
  const peer = await talk(echo).login()
  expect(await peer.say('wonderland')).toBe('-ERR Unknown command: WONDERLAND')
  await peer.leave()
  expect(echo.transcript()).toContain('C: ***\nS: -ERR Unknown command: **********\n')
  const sent = echo.sessions[0]?.entries.findLast((entry) => entry.type === 'sent')
  expect(sent?.count).toBe(encodeText('-ERR Unknown command: WONDERLAND\r\n').length)
})

test('what changes its length in lower case does not shift the place of a secret', async () => {
  const octets = Buffer.from('say İİİ wonderland').toString('latin1')
  expect((await shown(octets)).line).toBe('say İİİ ***')
})
