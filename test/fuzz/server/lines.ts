/** What clients say: lawful commands, and everything that is nearly one. */
import { encodeBase64, encodeText, formatOauthBearer, formatPlain, formatXoauth2 } from '@pop3kit/codec'
import * as fc from 'fast-check'
import { accessToken, passwords } from '../maildrops.ts'

const verbs: readonly string[] = [
  ...'USER,PASS,APOP,AUTH,STLS,UTF8,LANG,CAPA,STAT,LIST,UIDL,RETR,TOP,DELE,NOOP,RSET,LAST,QUIT'.split(','),
  ...',list,XTND,__proto__,*'.split(','),
]

const words: readonly string[] = [
  ...',1,2,3,4,0,-1,01,+1,99,1x, 1,1 ,\t2,4294967297,18446744073709551617,1 0,2 1,3 1000000,1 -1,1 1 1'.split(','),
  ...'*,=,de,i-default,alice,nobody,PLAIN,SCRAM-SHA-1'.split(','),
]

const numbers: readonly string[] = ['1', '2', '3', '4', '1', '2', '3', '5']

const said = (text: string | Uint8Array): string => encodeBase64(typeof text === 'string' ? encodeText(text) : text)

const plain = said(formatPlain({ authcid: 'alice', password: passwords['alice'] ?? '' }))
const bearer = said(formatOauthBearer({ accessToken }))
const xoauth2 = said(formatXoauth2({ user: 'dave', accessToken }))
const expired = said(formatXoauth2({ user: 'dave', accessToken: 'old' }))
const login = `AUTH LOGIN\r\n${said('alice')}\r\n${said('wonderland')}`

/** What begins a SASL exchange, and what goes on with one. */
const exchanges: readonly string[] = [
  ...`AUTH PLAIN ${plain},AUTH PLAIN\r\n${plain},AUTH PLAIN =,AUTH PLAIN,${login},AUTH LOGIN`.split(','),
  ...`AUTH XOAUTH2 ${xoauth2},AUTH XOAUTH2\r\n${xoauth2},AUTH XOAUTH2 ${expired},AUTH OAUTHBEARER ${bearer}`.split(','),
  ...'AUTH OAUTHBEARER,AUTH EXTERNAL =,AUTH EXTERNAL,AUTH CRAM-MD5,AUTH SCRAM-SHA-1,AUTH SCRAM-SHA-256'.split(','),
  ...`*,=,${plain},YWxpY2U=,AA==,AAAA,!!!,YWxpY2U,====,${plain.slice(0, -1)}\0`.split(','),
  ...['n,,n=alice,r=abc', 'y,a=alice,n=alice,r=', 'n,,n=a=2Cb'].map(said),
]

const logins: readonly string[] = Object.entries(passwords).map(
  ([user, password]) => `USER ${user}\r\nPASS ${password}`,
)

const listed = (list: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...list)

const octets: fc.Arbitrary<string> = fc
  .uint8Array({ maxLength: 40 })
  .map((octets) => Buffer.from(octets).toString('latin1'))

const long: fc.Arbitrary<string> = fc
  .tuple(
    listed(['NOOP ', 'A', '=', ' ', '\xFF', 'USER \xC3\xA9']),
    fc.constantFrom(200, 253, 254, 255, 1020, 1100, 9000),
  )
  .map(([begin, length]) => begin.padEnd(length, begin.at(-1)))

/** One line, its end not counted. */
const line: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: listed(logins) },
  {
    weight: 16,
    arbitrary: fc
      .tuple(listed(['RETR', 'DELE', 'TOP', 'LIST', 'UIDL', 'RETR']), listed(numbers))
      .map(([verb, number]) => (verb === 'TOP' ? `TOP ${number} 1` : `${verb} ${number}`)),
  },
  { weight: 8, arbitrary: listed(['STAT', 'LIST', 'UIDL', 'NOOP', 'RSET', 'CAPA', 'LAST', 'LANG', 'UTF8', 'AUTH']) },
  { weight: 5, arbitrary: fc.tuple(listed(verbs), listed(words)).map((both) => both.join(' ')) },
  { weight: 7, arbitrary: listed(exchanges) },
  { weight: 1, arbitrary: listed(['QUIT', 'STLS', 'USER bob', 'PASS wrong', 'APOP carol 0123456789abcdef']) },
  { weight: 1, arbitrary: long },
  { weight: 2, arbitrary: octets },
)

const end: fc.Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: listed(['\n', '\r', '', '\r\r\n', ' \r\n', '\n\r', '\0\r\n', '\r\n\r\n', '\xA0\r\n']) },
)

const lines: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(line, end).map((both) => both.join('')),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.join(''))

/** What is put in the place of a stretch of what was to be said. */
const slips: readonly string[] = ['', ...'\0,\r,\n,\r\n,\t, ,.,\x80,\xC3,\xF0\x9F,\x16\x03\x01'.split(',')]

const slipped: fc.Arbitrary<string> = fc
  .tuple(lines, fc.nat({ max: 60 }), fc.nat({ max: 3 }), listed(slips))
  .map(([text, at, length, slip]) => text.slice(0, at) + slip + text.slice(at + length))

/** Ways in that need no challenge. */
const entrances: readonly string[] = [...logins, `AUTH PLAIN ${plain}`, `AUTH XOAUTH2 ${xoauth2}`, login]

/** What a client says in one go: some lines, perhaps behind a login, or what became of them. */
export const utterance: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: lines },
  { weight: 3, arbitrary: fc.tuple(listed(entrances), lines).map((both) => both.join('\r\n')) },
  { weight: 1, arbitrary: slipped },
)

/** Verbs at which a server is made to misbehave. */
export const faultyVerbs: readonly string[] = 'USER,PASS,STAT,LIST,RETR,TOP,DELE,QUIT,CAPA,AUTH'.split(',')
