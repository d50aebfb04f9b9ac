/** M1-M20: framing and terminators. */
import { announced, listOf } from './capabilities.ts'
import { type Conversation, closed } from './peer.ts'

const one = 'Subject: one\r\n\r\nHello\r\n'
const two = 'Subject: two\r\n\r\n..dot\r\n..\r\nend\r\n'
const bare = (text: string): string => text.replaceAll('\r\n', '\n')

/** What is heard, by the number of the scenario. */
export const framing: Readonly<Record<number, Conversation>> = {
  1: {
    steps: [
      ['RETR 1', `+OK 23 octets\r\n${one}.`, '\r\n'],
      ['RETR 2', `+OK 30 octets\r\n${two}.`, '\r\n'],
      ['STAT', '+OK 3 80\r\n'],
    ],
  },
  2: {
    steps: [
      ['connect', '+OK POP3 server ready', '\r\n'],
      ['login'],
      ['STAT', '+OK 3 80', '\r\n'],
      ['RETR 1', '+OK 23 octets', '\r\n', 'Subject: one', '\r\n', '\r\n', 'Hello', '\r\n', '.', '\r\n'],
    ],
  },
  3: {
    steps: [
      ['RETR 1', `+OK 23 octets\r\n${one}.\r`],
      ['STAT', '+OK 3 80\r\n'],
    ],
  },
  4: { steps: [['RETR 1', '+OK 23 octets\r\nSubject: one\r\n\r\nHello.\r\n']] },
  5: {
    steps: [
      ['RETR 2', '+OK 30 octets\r\nSubject: two\r\n\r\n.dot\r\n.\r\nend\r\n.\r\n'],
      ['TOP 2 1', '+OK top of message follows\r\nSubject: two\r\n\r\n.dot\r\n.\r\n'],
    ],
  },
  6: {
    steps: [
      ['TOP 2 2', '+OK top of message follows\r\nSubject: two\r\n\r\n.dot\r\n.\r\n.\r\n'],
      ['RETR 2', `+OK 30 octets\r\n${two}.\r\n`],
    ],
  },
  7: {
    steps: [
      ['connect', '+OK POP3 server ready\n'],
      ['login'],
      ['STAT', '+OK 3 80\n'],
      ['RETR 2', bare(`+OK 30 octets\r\n${two}.\r\n`)],
    ],
  },
  8: {
    steps: [['RETR 1', '+O', `K 23 octets\r\n+OK this is a line of the message\r\n-ERR and so is this\r\n${one}.\r\n`]],
  },
  9: {
    maildrops: { empty: { password: 'wonderland' } },
    steps: [
      ['connect', '+OK POP3 server ready\r\n'],
      ['login empty'],
      ['LIST', '+OK 0 messages (0 octets)\r\n', '.\r\n'],
    ],
  },
  10: { steps: [['CAPA', listOf([...announced, '..HIDDEN'])]] },
  11: {
    steps: [
      ['RETR 1', `\r\n+OK 23 octets\r\n${one}.\r\n`],
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`],
    ],
  },
  12: {
    steps: [
      ['TOP 1 0', '+OK top of message follows\r\n+OK top of message follows\r\nSubject: one\r\n\r\n.\r\n'],
      ['RSET', '+OK maildrop has 3 messages (80 octets)\r\n+OK maildrop has 3 messages (80 octets)\r\n'],
    ],
  },
  13: {
    steps: [
      ['RETR 1\r\nRETR 2', `+OK 23 octets\r\n${one}`, `+OK 30 octets\r\n.\r\n${two}.\r\n`],
      ['RETR 1', `+OK 23 octets\r\n${one}`],
      ['wait 1h', closed],
    ],
  },
  14: {
    steps: [
      ['STAT', '+OK\0\0\0 2\r\n'],
      ['RETR 1', '+OK 23 octets\r\nSubject: one\r\na\0b\r\n\r\nHello\r\n.\r\n'],
    ],
  },
  15: {
    steps: [
      ['RETR 1', `+OK 23 octets\r\n${one}${'x'.repeat(3998)}\r\n.\r\n`],
      ['UIDL 1', `+OK 1 one${'x'.repeat(127)}\r\n`],
    ],
  },
  16: {
    steps: [
      ['CAPA', listOf(announced.map((line) => line.toLowerCase()))],
      ['QUIT', '+OK bye, 3 messages left\r\n'],
      ['leave', closed],
      ['connect', '+OK POP3 server ready\r\n'],
      ['login'],
      ['CAPA', listOf([...announced.filter((line) => line !== 'TOP' && line !== 'UIDL'), 'Top', 'Uidl'])],
    ],
  },
  17: {
    steps: [
      ['RETR 1', '+ERR no such message\r\n'],
      ['STAT', '+OK 3 80\r\n'],
    ],
  },
  18: { steps: [['UIDL', '+OK unique-id listing follows\r\n+OK 1 one\r\n+OK 2 two\r\n+OK 3 three\r\n.\r\n']] },
  19: {
    steps: [
      ['UIDL', '+OK unique-id listing follows\r\n1  one\r\n2  two\r\n3  three\r\n.\r\n'],
      ['UIDL 2', '+OK 2  two\r\n'],
    ],
  },
  20: { steps: [['RETR 1', `+OK 23 octets\r\n${one}\r\n.\r\n`]] },
}
