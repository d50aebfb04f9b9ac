/** M64-M74: how connections live and end. */
import { type Conversation, closed } from './peer.ts'

const greeting = '+OK POP3 server ready\r\n'
const uidl = '+OK unique-id listing follows\r\n'
const one = 'Subject: one\r\n\r\nHello\r\n'

const count = 20_000
const octets = 3
const huge = {
  password: 'wonderland',
  messages: Array.from({ length: count }, (_, index) => ({ uid: `uid-${index + 1}`, content: 'x\r\n' })),
}
const rows = (row: (number: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${row(index + 1)}\r\n`).join('')

/** What is heard, by the number of the scenario. */
export const lifeCycle: Readonly<Record<number, Conversation>> = {
  64: {
    steps: [['STAT', '+OK 3 80\r\n'], ['UIDL'], ['wait 1h'], ['STAT'], ['leave', closed]],
  },
  65: {
    steps: [
      ['UIDL', `${uidl}1 one\r\n`, closed],
      ['connect', greeting],
      ['login'],
      ['UIDL', `${uidl}1 one\r\n2 two\r\n3 three\r\n.\r\n`],
    ],
  },
  66: {
    steps: [
      ['STAT', '+OK 3 80\r\n'],
      ['NOOP', '+OK\r\n'],
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`, closed],
      ['connect', greeting],
      ['login'],
      ['STAT', '+OK 3 80\r\n'],
    ],
  },
  67: {
    steps: [
      ['RETR 1', '-ERR Server timeout\r\n', closed],
      ['connect', greeting],
      ['login'],
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`],
    ],
  },
  68: {
    steps: [
      ['connect', greeting],
      ['wait 59s'],
      ['NOOP', '-ERR NOOP is not valid in this state\r\n'],
      ['wait 999ms'],
      ['wait 1ms', closed],
      ['connect', greeting],
      ['login'],
      ['wait 59999ms'],
      ['NOOP', '+OK\r\n'],
      ['wait 59999ms'],
      ['wait 1ms', closed],
    ],
  },
  69: {
    steps: [['QUIT'], ['wait 1h'], ['leave', closed], ['connect', greeting], ['login'], ['QUIT', closed]],
  },
  70: {
    steps: [
      ['DELE 1', '+OK message 1 deleted\r\n'],
      ['leave', closed],
      ['connect', greeting],
      ['login'],
      ['UIDL', `${uidl}1 one\r\n2 two\r\n3 three\r\n.\r\n`],
    ],
  },
  71: {
    steps: [['STAT\n\\'], ['wait 599999ms'], ['wait 1ms', closed]],
  },
  72: {
    steps: [
      ['connect', greeting],
      ['STLS', '+OK begin TLS\r\n+OK injected\r\n+OK injected, too\r\n'],
      ['secure', '<secured>'],
      ['USER alice', '+OK send PASS\r\n'],
    ],
  },
  73: {
    steps: [
      ['connect tls'],
      ['secure', '<secured, CERT_HAS_EXPIRED>', greeting],
      ['leave', closed],
      ['connect tls', greeting],
      ['leave', closed],
      ['connect tls', '220 mail.example.com ESMTP\r\n'],
      ['leave', closed],
      ['connect'],
      ['USER alice'],
      ['wait 1h'],
    ],
  },
  74: {
    maildrops: { huge },
    steps: [
      ['connect', greeting],
      ['USER huge', '+OK send PASS\r\n'],
      ['PASS wonderland'],
      ['wait 9999ms'],
      ['wait 1ms', `+OK maildrop has ${count} messages (${count * octets} octets)\r\n`],
      ['STAT'],
      ['wait 1999ms'],
      ['wait 1ms', `+OK ${count} ${count * octets}\r\n`],
      // The delays are drawn from the seed: the same in every run.
      ['LIST'],
      ['wait 3148ms'],
      [
        'wait 1ms',
        `+OK ${count} messages (${count * octets} octets)\r\n${rows((number) => `${number} ${octets}`)}.\r\n`,
      ],
      ['UIDL'],
      ['wait 2210ms'],
      ['wait 1ms', `${uidl}${rows((number) => `${number} uid-${number}`)}.\r\n`],
    ],
  },
}
