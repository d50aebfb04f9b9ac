/** What an honest server says to each line of a client, the same whatever was said before but for SASL exchanges: where replies begin. */
import { encodeBase64, encodeText } from '@pop3kit/codec'
import { contents } from './mailbox.ts'

/** What is said when somebody connects. */
export const greeting = '+OK POP3 ready <1896.697170952@dbc.mtview.ca.us>\r\n'

const stuffed = (text: string): string => `${text.replaceAll(/^\./gm, '..')}.\r\n`

const rows = (row: (number: number) => string): string =>
  `${contents.map((_, index) => `${row(index + 1)}\r\n`).join('')}.\r\n`

const sizeOf = (number: number): string => `${number} ${contents[number - 1]?.length ?? 0}`
const uidOf = (number: number): string => `${number} uid-${number}`

/** SCRAM needs more than constants: what is said here is never right. */
const challenges: Readonly<Record<string, string>> = {
  'CRAM-MD5': encodeBase64(encodeText('<1896.697170952@postoffice.reston.mci.net>')),
  LOGIN: encodeBase64(encodeText('Username:')),
  'SCRAM-SHA-1': encodeBase64(encodeText('r=abc,s=c2FsdA==,i=1')),
}

const isKnown = (number: number): boolean => contents[number - 1] !== undefined

/** Answers line after line. */
export function honestly(pipelining: boolean): (line: string) => string {
  let challengesLeft = 0
  return (line) => {
    if (challengesLeft > 0) {
      challengesLeft -= 1
      if (line === '*') return '-ERR cancelled\r\n'
      return challengesLeft > 0 ? '+ UGFzc3dvcmQ6\r\n' : '+OK welcome\r\n'
    }
    const [verb = '', argument, more] = line.split(' ')
    const number = Number(argument)
    switch (verb) {
      case 'CAPA':
        return `+OK\r\nTOP\r\nUIDL\r\nUSER\r\nUTF8\r\nSASL PLAIN LOGIN XOAUTH2\r\n${pipelining ? 'PIPELINING\r\n' : ''}.\r\n`
      case 'AUTH': {
        challengesLeft = more === undefined ? ({ LOGIN: 2 }[argument ?? ''] ?? 1) : 0
        return more === undefined ? `+ ${challenges[argument ?? ''] ?? ''}\r\n` : '+OK welcome\r\n'
      }
      case 'STAT':
        return `+OK ${contents.length} ${contents.join('').length}\r\n`
      case 'LIST':
      case 'UIDL': {
        const row = verb === 'LIST' ? sizeOf : uidOf
        if (argument === undefined) return `+OK\r\n${rows(row)}`
        return isKnown(number) ? `+OK ${row(number)}\r\n` : '-ERR no such message\r\n'
      }
      case 'RETR':
      case 'TOP':
        return isKnown(number) ? `+OK\r\n${stuffed(contents[number - 1] ?? '')}` : '-ERR no such message\r\n'
      case 'LANG':
        return '+OK\r\nen English\r\n.\r\n'
      default:
        return '+OK\r\n'
    }
  }
}
