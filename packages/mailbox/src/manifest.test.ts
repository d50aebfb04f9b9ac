import { expect, test } from 'vitest'
import { MailboxError } from './mailbox-error.ts'
import { ManifestFile } from './manifest.ts'

const read = (text: string): ManifestFile => new ManifestFile('box/mailbox.yaml', text)

test('a manifest says who has which messages', () => {
  const { content } = read(`
users:
  alice:
    password: wonderland
    messages:
      - 1.eml
      - { file: 2.eml, uid: two }
  bob: { apopSecret: builder }
messages: [{ file: 3.eml, padTo: 1000 }]
`)
  expect(content.users?.get('alice')).toEqual({
    password: 'wonderland',
    messages: [{ file: '1.eml' }, { file: '2.eml', uid: 'two' }],
  })
  expect(content.users?.get('bob')).toEqual({ apopSecret: 'builder' })
  expect(content.messages).toEqual([{ file: '3.eml', padTo: 1000 }])
})

test('JSON is a manifest too, whatever it is indented with', () => {
  const { content } = read('{\n\t"users": {\n\t\t"alice": { "password": "a\\u0062c" }\n\t},\n\t"messages": []\n}')
  expect(content.users?.get('alice')).toEqual({ password: 'abc' })
  expect(content.messages).toEqual([])
})

test.each(['constructor', '__proto__', 'prototype', 'toString', '123'])('a user may be called "%s"', (name) => {
  const { users } = read(`users: { ${name}: { password: x } }`).content
  expect([...(users ?? [])]).toEqual([[name, { password: 'x' }]])
})

test.each(['!', '~', 'x'.repeat(70)])('R36: the unique-id "%s" is one', (uid) => {
  expect(read(`messages: [{ file: 1.eml, uid: "${uid}" }]`).content.messages).toEqual([{ file: '1.eml', uid }])
})

const refused: ReadonlyArray<[why: string, manifest: string, message: string]> = [
  [
    'R36: a unique-id with a space',
    'messages:\n  - 1.eml\n  - { file: 2.eml, uid: a b }',
    'line 3, column 25: messages[1].uid is "a b"; expected 1 to 70 octets from 0x21 to 0x7E (RFC 1939 section 7)',
  ],
  [
    'R36: an empty unique-id',
    'messages: [{ file: 1.eml, uid: "" }]',
    'line 1, column 32: messages[0].uid is ""; expected 1 to 70 octets from 0x21 to 0x7E (RFC 1939 section 7)',
  ],
  [
    'R36: a unique-id of 71 octets',
    `messages: [{ file: 1.eml, uid: ${'x'.repeat(71)} }]`,
    `line 1, column 32: messages[0].uid is "${'x'.repeat(71)}"; expected 1 to 70 octets from 0x21 to 0x7E (RFC 1939 section 7)`,
  ],
  [
    'R36: a unique-id that is not ASCII',
    'messages: [{ file: 1.eml, uid: "é\\u0007" }]',
    'line 1, column 32: messages[0].uid is "é\\u0007"; expected 1 to 70 octets from 0x21 to 0x7E (RFC 1939 section 7)',
  ],
  [
    'an unknown key of a user',
    'users:\n  alice:\n    pasword: x',
    'line 3, column 5: unknown key "pasword"; expected a mapping with the keys password, apopSecret or messages',
  ],
  [
    'an unknown key at the top',
    'mesages: []',
    'line 1, column 1: unknown key "mesages"; expected a mapping with the keys users or messages',
  ],
  [
    'an unknown key of a message',
    '{"messages": [{"file": "1.eml", "uidl": "x"}]}',
    'line 1, column 33: unknown key "uidl"; expected a mapping with the key file and, if wanted, uid, date and padTo',
  ],
  [
    'a message without a file',
    'messages:\n  - uid: x',
    'line 2, column 5: the key "file" is missing; expected a mapping with the key file and, if wanted, uid, date and padTo',
  ],
  [
    'a number for a message',
    'messages: [1]',
    'line 1, column 12: messages[0] is a number; expected a mapping with the key file and, if wanted, uid, date and padTo',
  ],
  [
    'text for messages',
    'messages: 1.eml',
    'line 1, column 11: messages is text; expected a list of messages, each a file name or a mapping with the key file',
  ],
  [
    'a number for a password',
    'users: { alice: { password: 12345 } }',
    'line 1, column 29: users.alice.password is a number; expected text, in quotes where YAML takes it for something else',
  ],
  [
    'text for a user',
    'users:\n  alice: wonderland',
    'line 2, column 10: users.alice is text; expected a mapping with the keys password, apopSecret or messages',
  ],
  [
    'a list of users',
    'users: [alice]',
    'line 1, column 8: users is a list; expected a mapping from the name of each user to what the user has',
  ],
  [
    'a fraction for a size',
    'messages: [{ file: 1.eml, padTo: 1.5 }]',
    'line 1, column 34: messages[0].padTo is a number; expected a whole number of octets',
  ],
  [
    'a date without a zone',
    'messages: [{ file: 1.eml, date: 2026-11-03T10:15:00 }]',
    'line 1, column 33: messages[0].date is "2026-11-03T10:15:00"; expected a date with time and zone, such as 2026-11-03T10:15:00Z',
  ],
  [
    'a day that never comes',
    'messages: [{ file: 1.eml, date: 2026-02-31T10:15:00Z }]',
    'line 1, column 33: messages[0].date is "2026-02-31T10:15:00Z"; expected a date with time and zone, such as 2026-11-03T10:15:00Z',
  ],
  [
    'an hour that never comes',
    'messages: [{ file: 1.eml, date: 2026-02-01T25:15:00Z }]',
    'line 1, column 33: messages[0].date is "2026-02-01T25:15:00Z"; expected a date with time and zone, such as 2026-11-03T10:15:00Z',
  ],
  [
    'a mapping for a size',
    'messages: [{ file: 1.eml, padTo: { octets: 5 } }]',
    'line 1, column 34: messages[0].padTo is a mapping; expected a whole number of octets',
  ],
  ['nothing in it', '', 'line 1, column 1: the manifest is empty; expected a mapping with the keys users or messages'],
  [
    'a list for a mapping',
    '- 1.eml',
    'line 1, column 1: the manifest is a list; expected a mapping with the keys users or messages',
  ],
  ['a user twice', 'users:\n  a: {}\n  a: {}', 'line 3, column 3: Map keys must be unique; expected YAML 1.2 or JSON'],
  [
    'an open bracket',
    'users: [',
    'line 1, column 9: Flow sequence in block collection must be sufficiently indented and end with a ]; expected YAML 1.2 or JSON',
  ],
  [
    'two documents',
    'messages: []\n---\nmessages: []',
    'line 2, column 1: Source contains multiple documents; expected YAML 1.2 or JSON',
  ],
  ['a tag', 'users: { alice: { password: !secret } }', 'line 1, column 29: Unresolved tag; expected YAML 1.2 or JSON'],
  [
    'an alias',
    'users: { alice: { password: *secret } }',
    'line 1, column 29: this is an alias; expected a value, in quotes if it begins with "*"',
  ],
]

test.each(refused)('a manifest with %s is refused, and the error says where it stands', (_why, manifest, message) => {
  const whole = `Cannot load "box/mailbox.yaml": ${message}`
  expect(() => read(manifest)).toThrow(expect.objectContaining({ message: whole }))
})

test('the error carries its place as data', () => {
  expect(() => read('users:\n  alice: 1')).toThrow(
    expect.objectContaining({
      name: 'MailboxError',
      code: 'MAILBOX',
      file: 'box/mailbox.yaml',
      line: 2,
      column: 10,
      expected: 'a mapping with the keys password, apopSecret or messages',
    }),
  )
  expect(Object.keys(new MailboxError({ file: 'f', problem: 'p', expected: 'e' }))).not.toContain('name')
})

test.each([
  'users: { a: { password: "s3cret" s3cret } }',
  'users:\n  a:\n    password: >s3cret\n',
  'users: { a: { password: !s3cret } }',
  'users: { a: { password: *s3cret } }',
  'users: { a: { password: [s3cret] } }',
  'users: { a: s3cret }',
  'users: s3cret',
  's3cret',
  'users:\n  a: {}\n s3cret',
  'users: { a: { apopSecret: @s3cret } }',
])('no error quotes a secret: %j', (manifest) => {
  expect(() => read(manifest)).toThrow(MailboxError)
  expect(() => read(manifest)).not.toThrow(/s3cret/)
})
