import { expect, test } from 'vitest'
import { formatPopUrl, parsePopUrl, type PopUrl } from './pop-url.ts'
import { fc, lineText } from './testing/arbitraries.ts'

test.each<[string, PopUrl]>([
  ['pop://mail.example.com', { host: 'mail.example.com', port: 110 }],
  ['POP://mail.example.com:8110', { host: 'mail.example.com', port: 8110 }],
  ['pop://127.0.0.1:49152', { host: '127.0.0.1', port: 49152 }],
  ['pop://[::1]:1110', { host: '::1', port: 1110 }],
  ['pop://rg@mailsrv.qualcomm.com', { user: 'rg', auth: '*', host: 'mailsrv.qualcomm.com', port: 110 }],
  ['pop://rg;AUTH=+APOP@mail.eudora.com:8110', { user: 'rg', auth: '+APOP', host: 'mail.eudora.com', port: 8110 }],
  ['pop://baz;AUTH=SCRAM-MD5@foo.bar', { user: 'baz', auth: 'SCRAM-MD5', host: 'foo.bar', port: 110 }],
  ['pop://baz;auth=*@foo.bar', { user: 'baz', auth: '*', host: 'foo.bar', port: 110 }],
  ['pop://;AUTH=*@foo.bar', { auth: '*', host: 'foo.bar', port: 110 }],
  ['pop://joe%40example.com;AUTH=%2bAPOP@h', { user: 'joe@example.com', auth: '+APOP', host: 'h', port: 110 }],
  ['pop://%C3%A9@h', { user: 'é', auth: '*', host: 'h', port: 110 }],
])('R96, R97: %s is parsed', (url, parsed) => {
  expect(parsePopUrl(url)).toEqual({ user: undefined, auth: undefined, ...parsed })
})

test.each([
  'mail.example.com',
  '//mail.example.com',
  'pop:mail.example.com',
  'pop://',
  'pop://@',
  'pop://h/',
  'pop://h/inbox',
  'pop://h?x',
  'pop3://h',
  'http://h',
  'pop://rg:secret@h',
  'pop://rg;AUTH=@h',
  'pop://rg;OTHER=x@h',
  'pop://h:port',
  'pop://h:',
  'pop://h:0',
  'pop://h:65536',
  'pop://a b@h\n',
  'pop://::1',
  'pop://[::1',
  'pop://%ZZ@h',
  'pop://%FF@h',
])('R96: %j is refused', (url) => {
  expect(() => parsePopUrl(url)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})

test.each(['pop://rg%0D%0ADELE%201@h', 'pop://rg%0a@h', 'pop://rg%00@h', 'pop://rg;AUTH=PLAIN%0D%0A@h'])(
  'R98: what hides a CR, LF or NUL is refused: %s',
  (url) => {
    expect(() => parsePopUrl(url)).toThrow('expected no CR, LF or NUL in it')
  },
)

test('a password in a URL is not repeated in the error', () => {
  expect(() => parsePopUrl('pop://rg:tanstaaf@h')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('tanstaaf') }),
  )
})

test.each<[PopUrl, string]>([
  [{ host: 'h', port: 110 }, 'pop://h'],
  [{ host: '::1', port: 1110 }, 'pop://[::1]:1110'],
  [{ user: 'rg', host: 'h', port: 110 }, 'pop://rg@h'],
  [{ user: 'rg', auth: '*', host: 'h', port: 110 }, 'pop://rg@h'],
  [{ auth: '*', host: 'h', port: 110 }, 'pop://;AUTH=*@h'],
  [{ user: 'joe@example.com', auth: '+APOP', host: 'h', port: 8110 }, 'pop://joe%40example.com;AUTH=+APOP@h:8110'],
])('R96, R97: %j is formatted as %s', (parts, url) => {
  expect(formatPopUrl(parts)).toBe(url)
})

test.each<PopUrl>([
  { host: '', port: 110 },
  { host: 'h/x', port: 110 },
  { host: 'h', port: 0 },
  { host: 'h', port: 1.5 },
  { user: 'a\r\nb', host: 'h', port: 110 },
  { user: '\ud800', host: 'h', port: 110 },
  { user: 'a', auth: '', host: 'h', port: 110 },
])('%j cannot be formatted', (parts) => {
  expect(() => formatPopUrl(parts)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})

test('a URL that is formatted and parsed is what it was', () => {
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().filter((address) => !address.includes('.')),
  )
  const named = lineText.filter((text) => text !== '')
  const login = fc.oneof(
    fc.record({ user: named, auth: fc.oneof(fc.constantFrom('*', '+APOP', 'PLAIN'), named) }),
    fc.record({ user: fc.constant(undefined), auth: fc.option(named, { nil: undefined }) }),
  )
  fc.assert(
    fc.property(login, host, fc.integer({ min: 1, max: 65_535 }), (login, host, port) => {
      const url = { ...login, host, port }
      expect(parsePopUrl(formatPopUrl(url))).toEqual(url)
    }),
  )
})
