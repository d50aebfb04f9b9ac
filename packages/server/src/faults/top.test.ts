import { expect, test } from 'vitest'
import { fault } from '../index.ts'
import { play } from '../testing/play.ts'

test('M43: TOP 1 0 sends the whole message', async () => {
  const { octets, fired } = await play(fault.whole(), ['TOP 1 0', 'TOP 2 0', 'RETR 1', 'TOP 9 0'])
  expect(octets).toBe(
    '+OK top of message follows\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n' +
      '+OK top of message follows\r\nSubject: two\r\n\r\n..dot\r\nend\r\n.\r\n' +
      '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n' +
      '-ERR no such message, 2 in maildrop\r\n',
  )
  expect(fired).toBe(2)
})

test.each([
  [{ line: 2 }, 'Subject: one\r\n', 1],
  [{ octet: 20 }, 'Subje\r\n', 1],
  ['status', '', 1],
  [{ line: 4 }, 'Subject: one\r\n\r\nfirst message\r\n', 0],
] as const)(
  'M44: the body ends at %j, and the terminator stands in a line of its own',
  async (position, body, times) => {
    const { octets, fired } = await play(fault.truncate(position), 'RETR 1')
    expect(octets).toBe(`+OK 31 octets\r\n${body}.\r\n`)
    expect(fired).toBe(times)
  },
)
