/** M54-M63: logins. */
import { type Conversation, type Step, closed } from './peer.ts'

const greeting = '+OK POP3 server ready\r\n'
const user = ['USER alice', '+OK send PASS\r\n'] as const
const right = ['PASS wonderland', '+OK maildrop has 3 messages (80 octets)\r\n'] as const
const quit: readonly Step[] = [
  ['QUIT', '+OK bye, 3 messages left\r\n'],
  ['leave', closed],
]
const one = 'Subject: one\r\n\r\nHello\r\n'

const exchange = '+OK The Microsoft Exchange POP3 service is ready. [bQBhAGkAbAAuAGUAeABhAG0AcABsAGUALgBjAG8AbQA=]\r\n'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const credentials = base64('\0alice\0wonderland')

/** What is heard, by the number of the scenario. */
export const login: Readonly<Record<number, Conversation>> = {
  54: { steps: [['connect', '-ERR Busy - please try later\r\n', closed]] },
  55: {
    steps: [
      ['connect', greeting],
      user,
      ['PASS wrong', '-ERR [AUTH] wrong user name or password\r\n', closed],
      ['connect', greeting],
      [`AUTH PLAIN ${base64('\0alice\0wrong')}`, '-ERR [AUTH] wrong credentials\r\n', closed],
      ['connect', greeting],
      user,
      right,
    ],
  },
  56: {
    maildrops: { bob: { apopSecret: 'tanstaaf' } },
    steps: [
      ['connect', '+OK Welcome to POP3, the timestamp follows <1.627073940@pop3kit.invalid>\r\n'],
      [`APOP bob ${'0'.repeat(32)}`, '-ERR [AUTH] wrong user name or password\r\n', closed],
    ],
  },
  57: {
    steps: [
      ['connect', greeting],
      ['AUTH PLAIN', '+\r\n'],
      [credentials, '+OK maildrop has 3 messages (80 octets)\r\n'],
      ...quit,
      ['connect', greeting],
      ['AUTH PLAIN', '+OK\r\n'],
      [credentials, '+OK maildrop has 3 messages (80 octets)\r\n'],
      ...quit,
      ['connect', greeting],
      ['AUTH PLAIN', '+ please send your credentials\r\n'],
      [credentials, '+OK maildrop has 3 messages (80 octets)\r\n'],
    ],
  },
  58: {
    maildrops: { bob: { accessTokens: ['token'] } },
    steps: [
      ['connect', exchange],
      [
        `AUTH XOAUTH2 ${base64('user=bob\x01auth=Bearer token\x01\x01')}`,
        '-ERR Protocol error. Connection is closed. 10\r\n',
        closed,
      ],
      ['connect', exchange],
      ['AUTH XOAUTH2', '+\r\n'],
      [base64('user=bob\x01auth=Bearer token\x01\x01'), '+OK User successfully logged on.\r\n'],
    ],
  },
  59: {
    steps: [
      ...quit,
      ['connect', greeting],
      user,
      ['PASS wonderland', '-ERR [IN-USE] maildrop already locked\r\n'],
      ['leave', closed],
      ['connect', greeting],
      user,
      ['PASS wonderland', '-ERR [IN-USE] maildrop already locked\r\n'],
      ['leave', closed],
      ['connect', greeting],
      user,
      right,
    ],
  },
  60: {
    steps: [
      ['STAT', '+OK 3 80\r\n'],
      ...quit,
      ['connect', greeting],
      ['wait 9999ms'],
      user,
      ['PASS wonderland', '-ERR [LOGIN-DELAY] the last login was too short a time ago\r\n'],
      ['wait 1ms'],
      user,
      right,
      ['STAT', '-ERR login allowed only every 15 minutes\r\n'],
      ...quit,
      ['connect', '<ECONNRESET>'],
    ],
  },
  61: {
    steps: [
      ...quit,
      ['connect', greeting],
      user,
      right,
      ...quit,
      ['connect', greeting],
      user,
      ['PASS wonderland', '-ERR Logon failure: unknown user name or bad password.\r\n'],
      user,
      ['PASS wonderland', '-ERR Logon failure: unknown user name or bad password.\r\n'],
    ],
  },
  62: {
    steps: [
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`],
      // 97 octets so far, the login counted.
      ['LIST', '+OK 3 messages (80 octets)\r\n1 23\r\n2 30\r\n3 27\r\n.\r\n'],
      ['LIST', '-ERR Account exceeded command or bandwidth limits\r\n'],
      ['UIDL', '-ERR Account exceeded command or bandwidth limits\r\n'],
      ['RETR 1', '-ERR Account exceeded command or bandwidth limits\r\n'],
      ['DELE 1', '-ERR Account exceeded command or bandwidth limits\r\n'],
      ['STAT', '+OK 3 80\r\n'],
    ],
  },
  63: {
    steps: [
      ['connect', greeting],
      ['USER alice', '-ERR [AUTH] Plaintext authentication disallowed\r\n'],
      ['PASS wonderland', '-ERR [AUTH] Plaintext authentication disallowed\r\n'],
      ['PASS wrong', '-ERR [AUTH] Plaintext authentication disallowed\r\n'],
      ['STLS', '+OK begin TLS\r\n'],
      ['secure', '<secured>'],
      user,
      right,
    ],
  },
}
