/** M42-M53: optional commands and capabilities. */
import { type Conversation, closed } from './peer.ts'

/** What the persona strict announces to somebody who is logged in. */
export const announced: readonly string[] = [
  'USER',
  'TOP',
  'UIDL',
  'RESP-CODES',
  'AUTH-RESP-CODE',
  'PIPELINING',
  'EXPIRE NEVER',
  'SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN',
  'UTF8 USER',
  'LANG',
  'IMPLEMENTATION pop3kit',
]

/** A reply to CAPA. */
export function listOf(lines: readonly string[]): string {
  return `+OK capability list follows\r\n${[...lines, '.'].map((line) => `${line}\r\n`).join('')}`
}

const without = (...tags: readonly string[]): readonly string[] =>
  announced.filter((line) => !tags.includes(line.split(' ')[0] ?? ''))

/** What it announces before the login. */
const beforeLogin = announced.flatMap((line) => (line.startsWith('SASL') ? ['STLS', line] : [line]))

const row = (number: number): string => `${String(number).padStart(4, '0')} ${'x'.repeat(91)}\r\n`
const longBody = Array.from({ length: 1000 }, (_, index) => row(index)).join('')
const topOfLong = `+OK top of message follows\r\nSubject: long\r\n\r\n${longBody}`
const long = { password: 'wonderland', messages: [`Subject: long\r\n\r\n${longBody}`] }

/** What is heard, by the number of the scenario. */
export const capabilities: Readonly<Record<number, Conversation>> = {
  42: {
    steps: [
      ['TOP 1 0', '-ERR unknown command\r\n'],
      ['CAPA', listOf(without('TOP'))],
    ],
  },
  43: {
    steps: [['TOP 3 0', '+OK top of message follows\r\nSubject: three\r\n\r\n1\r\n2\r\n3\r\n.\r\n']],
  },
  44: {
    maildrops: { long },
    steps: [
      ['connect', '+OK POP3 server ready\r\n'],
      ['login long'],
      ['TOP 1 900', `${topOfLong.slice(0, 65_536)}\r\n.\r\n`],
      ['QUIT', '+OK bye, 1 messages left\r\n'],
      ['leave', closed],
      ['connect', '+OK POP3 server ready\r\n'],
      ['login long'],
      [
        'TOP 1 900',
        `+OK top of message follows\r\nSubject: long\r\n\r\n${[0, 1, 2, 3, 4, 5, 6, 7].map(row).join('')}.\r\n`,
      ],
      ['QUIT', '+OK bye, 1 messages left\r\n'],
      ['leave', closed],
      ['connect', '+OK POP3 server ready\r\n'],
      ['login long'],
      ['TOP 1 900', '+OK top of message follows\r\nSubject: long\r\n.\r\n'],
    ],
  },
  45: {
    steps: [
      ['TOP 1 0', '+OK top of message follows\r\nX-Mailer-Store: top only\r\nSubject: one\r\n\r\n.\r\n'],
      ['RETR 1', '+OK 23 octets\r\nSubject: one\r\n\r\nHello\r\n.\r\n'],
    ],
  },
  46: {
    steps: [
      ['UIDL', '-ERR unknown command\r\n'],
      ['UIDL 1', '-ERR unknown command\r\n'],
      ['CAPA', listOf(without('UIDL'))],
    ],
  },
  47: {
    steps: [
      ['CAPA', listOf(without('TOP', 'UIDL', 'SASL'))],
      ['UIDL 1', '+OK 1 one\r\n'],
      ['TOP 1 0', '+OK top of message follows\r\nSubject: one\r\n\r\n.\r\n'],
      ['QUIT', '+OK bye, 3 messages left\r\n'],
      ['leave', closed],
      ['connect', '+OK POP3 server ready\r\n'],
      ['AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=', '+OK maildrop has 3 messages (80 octets)\r\n'],
    ],
  },
  48: {
    steps: [
      ['CAPA', listOf(announced)],
      ['TOP 1 0', '-ERR command not recognized\r\n'],
      ['QUIT', '+OK bye, 3 messages left\r\n'],
      ['leave', closed],
      ['connect', '+OK POP3 server ready\r\n'],
      ['STLS', '-ERR command not recognized\r\n'],
      ['AUTH CRAM-MD5', '-ERR mechanism not available\r\n'],
      ['AUTH CRAM-MD5', closed],
    ],
  },
  49: {
    steps: [
      ['connect', '+OK POP3 server ready\r\n'],
      ['CAPA', listOf(beforeLogin)],
      ['login'],
      ['CAPA', '-ERR CAPA is not valid in this state\r\n'],
      ['STAT', '+OK 3 80\r\n'],
    ],
  },
  50: {
    steps: [
      ['connect', '+OK POP3 server ready\r\n'],
      ['CAPA', listOf(beforeLogin.filter((line) => line !== 'UIDL'))],
      ['login'],
      ['CAPA', listOf(announced)],
    ],
  },
  51: {
    steps: [
      ['connect', '+OK POP3 server ready\r\n'],
      ['CAPA'],
      ['wait 1h'],
      ['leave', closed],
      ['connect', '+OK POP3 server ready\r\n'],
      ['CAPA', closed],
    ],
  },
  52: {
    steps: [
      ['connect', '+OK Gpop ready for requests from 127.0.0.1 627073940mb1\r\n'],
      ['UTF8', '-ERR bad command 627073940mb1\r\n', closed],
    ],
  },
  53: {
    steps: [
      ['connect', '+OK POP3 server ready\r\n'],
      ['STLS', '-ERR command not permitted when TLS active\r\n'],
      ['login'],
    ],
  },
}
