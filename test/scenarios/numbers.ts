/** M21-M41: counts, sizes, numbers and unique-ids. */
import { type Conversation, closed } from './peer.ts'

const greeting = '+OK POP3 server ready\r\n'
const list = '+OK 3 messages (80 octets)\r\n'
const uidl = '+OK unique-id listing follows\r\n'
const one = 'Subject: one\r\n\r\nHello\r\n'
const three = 'Subject: three\r\n\r\n1\r\n2\r\n3\r\n'

/** A session that begins anew. */
const again = [['QUIT', '+OK bye, 3 messages left\r\n'], ['leave', closed], ['connect', greeting], ['login']] as const

const many = {
  password: 'wonderland',
  messages: Array.from({ length: 300 }, (_, index) => ({ uid: `uid-${index + 1}`, content: 'x\r\n' })),
}

/** What is heard, by the number of the scenario. */
export const numbers: Readonly<Record<number, Conversation>> = {
  21: {
    steps: [
      ['LIST', `${list}1 17\r\n2 23\r\n3 20\r\n.\r\n`],
      ...again,
      ['LIST', `${list}1 1024\r\n2 1024\r\n3 1024\r\n.\r\n`],
      ['LIST 2', '+OK 2 1024\r\n'],
      ...again,
      ['LIST', `${list}1 20\r\n2 25\r\n3 22\r\n.\r\n`],
    ],
  },
  22: {
    steps: [
      ['LIST', `${list}1 20\r\n2 27\r\n3 24\r\n.\r\n`],
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`],
    ],
  },
  23: { steps: [['STAT', '+OK 3 -80\r\n']] },
  24: {
    steps: [
      ['LIST', `${list}1 %!d(float64=5461)\r\n2 %!d(float64=5461)\r\n3 %!d(float64=5461)\r\n.\r\n`],
      ['LIST 1', '+OK 1 %!d(float64=5461)\r\n'],
    ],
  },
  25: {
    steps: [
      ['LIST 1', '+OK 1 23\r\n'],
      ['LIST 2', '+OK 2 unknown\r\n'],
    ],
  },
  26: {
    steps: [
      ['LIST 2', '+OK 30\r\n'],
      ['UIDL 2', '+OK two\r\n'],
      ['LIST', `${list}1 23\r\n2 30\r\n3 27\r\n.\r\n`],
    ],
  },
  27: {
    steps: [
      ['LIST 2', '+OK\r\n2 30\r\n.\r\n'],
      ['UIDL 2', '+OK\r\n2 two\r\n.\r\n'],
      ['LIST', `${list}1 23\r\n2 30\r\n3 27\r\n.\r\n`],
    ],
  },
  28: {
    steps: [
      ['STAT', '+OK many 80\r\n'],
      ['LIST', `${list}1\r\n2\r\n3\r\n.\r\n`],
      ['UIDL', `${uidl}2 one\r\n3 two\r\n4 three\r\n.\r\n`],
      ['UIDL 1', '+OK 2 one\r\n'],
    ],
  },
  29: {
    steps: [
      ['UIDL', `${uidl}1 \r\n2 \r\n3 \r\n.\r\n`],
      ['UIDL 1', '+OK 1 \r\n'],
      ...again,
      ['UIDL', `${uidl}1\r\n2\r\n3\r\n.\r\n`],
      ['UIDL 1', '+OK 1\r\n'],
    ],
  },
  30: { steps: [['UIDL', `${uidl}1 one\r\n2 one\r\n3 three\r\n.\r\n`]] },
  31: {
    steps: [
      ['UIDL', `${uidl}1 1.one\r\n2 1.two\r\n3 1.three\r\n.\r\n`],
      ...again,
      ['UIDL', `${uidl}1 2.one\r\n2 2.two\r\n3 2.three\r\n.\r\n`],
      ...again,
      ['UIDL', `${uidl}1 1\r\n2 2\r\n3 3\r\n.\r\n`],
      ['DELE 1', '+OK message 1 deleted\r\n'],
      ['QUIT', '+OK bye, 2 messages left\r\n'],
      ['leave', closed],
      ['connect', greeting],
      ['login'],
      ['UIDL', `${uidl}1 1\r\n2 2\r\n.\r\n`],
      ['RETR 1', '+OK 30 octets\r\nSubject: two\r\n\r\n..dot\r\n..\r\nend\r\n.\r\n'],
    ],
  },
  32: { steps: [['UIDL', `${uidl}1 one 1\r\n2 two 2\r\n3 three 3\r\n.\r\n`]] },
  33: {
    steps: [
      ['LIST', `${list}1 23\r\n3 27\r\n.\r\n`],
      ['UIDL', `${uidl}1 one\r\n3 three\r\n.\r\n`],
      ['RETR 3', `+OK 27 octets\r\n${three}.\r\n`],
    ],
  },
  34: {
    steps: [
      ['DELE 1', '+OK message 1 deleted\r\n'],
      ['LIST', '+OK 2 messages (57 octets)\r\n1 30\r\n2 27\r\n.\r\n'],
      ['UIDL', `${uidl}1 two\r\n2 three\r\n.\r\n`],
      ['RETR 1', '-ERR message 1 is marked deleted\r\n'],
      ['RETR 3', `+OK 27 octets\r\n${three}.\r\n`],
    ],
  },
  35: {
    steps: [
      ['UIDL', `${uidl}1 one\r\n2 two\r\n.\r\n`],
      ['LIST', `${list}1 23\r\n2 30\r\n3 27\r\n.\r\n`],
      ['RETR 3', `+OK 27 octets\r\n${three}.\r\n`],
      ['RETR 4', '-ERR no such message, 3 in maildrop\r\n'],
      ...again,
      ['UIDL', `${uidl}1 one\r\n2 two\r\n3 three\r\n4 late\r\n.\r\n`],
    ],
  },
  36: {
    steps: [
      ['LIST 2', '+OK 2 30\r\n'],
      ['RETR 2', '-ERR Message 2 expunged.\r\n'],
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`],
    ],
  },
  37: {
    steps: [
      ['LIST 2', '+OK 2 30\r\n'],
      ['RETR 2', '-ERR [SYS/TEMP] cannot read the message\r\n'],
      ['RETR 2', '-ERR [SYS/TEMP] cannot read the message\r\n'],
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`],
    ],
  },
  38: {
    maildrops: { many },
    steps: [
      ['connect', greeting],
      ['login many'],
      ['STAT', '+OK 250 750\r\n'],
      ['UIDL 250', '+OK 250 uid-250\r\n'],
      ['UIDL 251', '-ERR no such message, 250 in maildrop\r\n'],
    ],
  },
  39: {
    steps: [
      ['STAT', '+OK 3 80\r\n'],
      ['RETR 1', `+OK message follows\r\n${one}.\r\n`],
      ['QUIT', '+OK Farewell.\r\n'],
      ['leave', closed],
      ['connect', '+OK Gpop ready for requests from 127.0.0.1 2735721mb2\r\n'],
      ['login'],
      ['UIDL', '+OK\r\n1 two\r\n2 three\r\n.\r\n'],
    ],
  },
  40: {
    steps: [
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`],
      ['RSET', '+OK maildrop has 3 messages (80 octets)\r\n'],
      ...again,
      ['RETR 1', `+OK 23 octets\r\n${one}.\r\n`],
      ['QUIT', '+OK bye, 3 messages left\r\n'],
      ['leave', closed],
      ['connect', greeting],
      ['login'],
      ['UIDL', `${uidl}1 two\r\n2 three\r\n.\r\n`],
    ],
  },
  41: {
    steps: [
      ['DELE 1', '+OK message 1 deleted\r\n'],
      ['QUIT', '+OK bye, 2 messages left\r\n'],
      ['leave', closed],
      ['connect', greeting],
      ['login'],
      ['UIDL', `${uidl}1 one\r\n2 two\r\n3 three\r\n.\r\n`],
    ],
  },
}
