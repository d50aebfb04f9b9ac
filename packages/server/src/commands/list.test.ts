import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R27: LIST is multi-line, a number and a size for each message', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.ask('LIST')).toEqual(['+OK 2 messages (58 octets)', '1 31', '2 27'])
})

test('R27: the listing of an empty maildrop is the status line and the terminator', async () => {
  const client = await talk(aliceServer({}, [])).login()
  expect(await client.ask('LIST')).toEqual(['+OK 0 messages (0 octets)'])
})

test('R27, M9: status line and terminator of an empty listing come in one piece', async () => {
  const client = await talk(aliceServer({}, [])).login()
  await client.ask('LIST')
  expect(client.chunks.at(-1)).toBe('+OK 0 messages (0 octets)\r\n.\r\n')
})

test('R28: LIST with a number is a single line', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.say('LIST 2')).toBe('+OK 2 27')
})

test('R28: LIST of a message that is not there or marked deleted is refused', async () => {
  const client = await talk(aliceServer()).login()
  await client.say('DELE 1')
  expect(await client.say('LIST 1')).toBe('-ERR message 1 is marked deleted')
  expect(await client.say('LIST 3')).toBe('-ERR no such message, 2 in maildrop')
  expect(await client.say('LIST 0')).toBe('-ERR no such message, 2 in maildrop')
})

test('R25: numbers stay as they are after DELE', async () => {
  const client = await talk(aliceServer()).login()
  await client.say('DELE 1')
  expect(await client.ask('LIST')).toEqual(['+OK 1 messages (27 octets)', '2 27'])
})

test.each(['LIST x', 'LIST -1', 'LIST 1 2', 'LIST  1', 'LIST 1 ', 'LIST '])(
  'R11: "%s" is a syntax error',
  async (command) => {
    const client = await talk(aliceServer()).login()
    expect(await client.say(command)).toBe('-ERR syntax error in LIST')
  },
)
