import { setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { say } from './testing/alice.ts'
import { transcriptSerializer } from './serializer.ts'

test('timestamps and challenges are not in a snapshot, and what looks like one in a message is', async () => {
  const server = setupPop3Server({
    clock: 'virtual',
    seed: Math.floor(Math.random() * 1e6),
    maildrops: {
      bob: { apopSecret: 'x', messages: ['+ plain <a@b>\r\n'] },
      alice: { password: 'wonderland', messages: ['+ plain <a@b>\r\n'] },
    },
  })
  await say(server, ['AUTH CRAM-MD5', '*', 'USER alice', 'PASS wonderland', 'RETR 1', 'QUIT'])
  expect(transcriptSerializer.serialize(server)).toBe(
    [
      'S: +OK POP3 server ready <***>',
      'C: AUTH CRAM-MD5',
      'S: + ***',
      'C: *',
      'S: -ERR cancelled',
      'C: USER alice',
      'S: +OK send PASS',
      'C: PASS ***',
      'S: +OK maildrop has 1 messages (15 octets)',
      'C: RETR 1',
      'S: +OK 15 octets',
      'S: + plain <a@b>',
      'S: .',
      'C: QUIT',
      'S: +OK bye, 1 messages left',
      '# closed by the server (quit)',
    ].join('\n'),
  )
})
