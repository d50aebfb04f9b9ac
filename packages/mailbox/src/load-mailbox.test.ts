import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { loadMailbox } from './load-mailbox.ts'
import { temporaryFolder } from './temporary-folder.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

test('a folder without a manifest is its .eml files in natural order', async () => {
  const folder = await temporaryFolder({
    '10.eml': 'ten',
    '2.EML': 'two',
    '1.eml': 'one',
    'README.md': '',
    'old.eml/inside.eml': 'a folder is no message',
  })
  await expect(loadMailbox(folder)).resolves.toEqual({
    messages: [
      { file: '1.eml', content: octets('one') },
      { file: '2.EML', content: octets('two') },
      { file: '10.eml', content: octets('ten') },
    ],
    maildrops: {},
  })
})

test('a file: URL names a folder too', async () => {
  const folder = await temporaryFolder({ 'a b.eml': 'x' })
  const { messages } = await loadMailbox(pathToFileURL(folder))
  expect(messages.map(({ file }) => file)).toEqual(['a b.eml'])
})

test('every octet comes as stored, and as a plain Uint8Array', async () => {
  const stored = Uint8Array.from({ length: 1024 }, (_, index) => (index * 7) % 256)
  const folder = await temporaryFolder({ '1.eml': stored })
  const { messages } = await loadMailbox(folder)
  expect(messages[0]?.content).toEqual(stored)
  expect(messages[0]?.content.constructor).toBe(Uint8Array)
})

test('the manifest gives users, order and unique-ids', async () => {
  const folder = await temporaryFolder({
    '1.eml': 'one',
    '2.eml': 'two',
    'late/3.eml': 'three',
    'notes.txt': 'any file can be a message',
    'mailbox.yaml': `
users:
  alice: { password: wonderland, messages: [late/3.eml, { file: 1.eml, uid: same }, { file: 2.eml, uid: same }] }
  bob: { apopSecret: builder, messages: [notes.txt] }
  carol: { password: x }
  dave: { messages: [] }
`,
  })
  const { messages, maildrops } = await loadMailbox(folder)
  expect(messages.map(({ file }) => file)).toEqual(['1.eml', '2.eml'])
  expect(maildrops).toEqual({
    alice: {
      password: 'wonderland',
      messages: [
        { file: 'late/3.eml', content: octets('three') },
        { file: '1.eml', content: octets('one'), uid: 'same' },
        { file: '2.eml', content: octets('two'), uid: 'same' },
      ],
    },
    bob: { apopSecret: 'builder', messages: [{ file: 'notes.txt', content: octets('any file can be a message') }] },
    carol: { password: 'x', messages },
    dave: { messages: [] },
  })
})

test('a list outside of users is the one of each user without a list', async () => {
  const folder = await temporaryFolder({
    '1.eml': 'one',
    '2.eml': 'two',
    'mailbox.yml': 'messages: [{ file: 2.eml, uid: two }]\nusers: { alice: {} }',
  })
  const { messages, maildrops } = await loadMailbox(folder)
  expect(messages).toEqual([{ file: '2.eml', content: octets('two'), uid: 'two' }])
  expect(maildrops['alice']).toEqual({ messages })
})

test('two users with the same message share its octets', async () => {
  const list = '[1.eml, { file: ./1.eml, uid: again, padTo: 9 }]'
  const folder = await temporaryFolder({
    '1.eml': 'one',
    'mailbox.yaml': `users: { alice: { messages: ${list} }, bob: { messages: ${list} } }`,
  })
  const { maildrops } = await loadMailbox(folder)
  const [alice, bob] = [maildrops['alice']?.messages, maildrops['bob']?.messages]
  expect(alice?.[0]?.content).toBe(bob?.[0]?.content)
  expect(alice?.[1]?.content).toBe(bob?.[1]?.content)
  expect(alice?.[1]?.content).toEqual(octets('onexxxxxx'))
})

test('a message has the date that the manifest gives', async () => {
  const folder = await temporaryFolder({
    '1.eml': 'one',
    'mailbox.yaml':
      'messages: [{ file: 1.eml, date: 2026-11-03T10:15:00+01:00 }, { file: 1.eml, date: 2024-02-29T23:59:59.5Z }]',
  })
  const { messages } = await loadMailbox(folder)
  expect(messages.map(({ arrivedAt }) => arrivedAt)).toEqual([
    Date.UTC(2026, 10, 3, 9, 15),
    Date.UTC(2024, 1, 29, 23, 59, 59, 500),
  ])
})

test('a manifest can be loaded by its own name, whatever it is', async () => {
  const folder = await temporaryFolder({ '1.eml': 'one', '2.eml': 'two', 'only-two.json': '{"messages":["2.eml"]}' })
  const { messages } = await loadMailbox(join(folder, 'only-two.json'))
  expect(messages).toEqual([{ file: '2.eml', content: octets('two') }])
})

test('an .eml file is a mailbox of one message, even if it begins with a From_ line', async () => {
  const folder = await temporaryFolder({ '1.EML': 'From x Mon Jan  5 08:00:00 2026\n' })
  const { messages } = await loadMailbox(join(folder, '1.EML'))
  expect(messages).toEqual([{ file: '1.EML', content: octets('From x Mon Jan  5 08:00:00 2026\n') }])
})

test('a message can be padded to its own size', async () => {
  const folder = await temporaryFolder({
    '1.eml': 'one',
    'mailbox.json': '{"messages":[{"file":"1.eml","padTo":3}]}',
  })
  const { messages } = await loadMailbox(folder)
  expect(messages).toEqual([{ file: '1.eml', content: octets('one') }])
})

test('M9: a manifest makes an empty maildrop possible', async () => {
  const folder = await temporaryFolder({ 'mailbox.yaml': 'users: { alice: { password: x } }' })
  await expect(loadMailbox(folder)).resolves.toEqual({
    messages: [],
    maildrops: { alice: { password: 'x', messages: [] } },
  })
})

test('a user may be called "__proto__"', async () => {
  const folder = await temporaryFolder({ 'mailbox.yaml': 'users: { __proto__: { password: x } }' })
  const { maildrops } = await loadMailbox(folder)
  expect(Object.entries(maildrops)).toEqual([['__proto__', { password: 'x', messages: [] }]])
})

const refused: ReadonlyArray<[why: string, files: Record<string, string>, at: string, message: string]> = [
  ['a folder that is not there', {}, 'box', ': it does not exist; expected a folder, an .eml file or an mbox'],
  [
    'a file that is no mbox',
    { box: 'x' },
    'box',
    ': line 1, column 1: it does not begin with "From "; expected an mbox',
  ],
  [
    'a folder with no .eml file',
    { 'box/1.txt': 'x' },
    'box',
    ': it holds no .eml file; expected at least one, a manifest, or the folders "new" and "cur" of a Maildir',
  ],
  [
    'two manifests',
    { 'box/mailbox.json': '{}', 'box/mailbox.yaml': '{}' },
    'box',
    ': it holds both "mailbox.yaml" and "mailbox.json"; expected one manifest',
  ],
  [
    'a message with the wrong name',
    { 'box/welcome.eml': '', 'box/mailbox.yaml': 'users:\n  alice:\n    messages:\n      - { file: welcom.eml }' },
    'box/mailbox.yaml',
    ': line 4, column 17: "welcom.eml" does not exist; expected a file that exists, perhaps "welcome.eml"',
  ],
  [
    'a message that is not there',
    { 'box/1.eml': '', 'box/mailbox.yaml': 'messages:\n  - invoice.eml' },
    'box/mailbox.yaml',
    ': line 2, column 5: "invoice.eml" does not exist; expected the name of a file in the folder',
  ],
  [
    'a message that is a folder',
    { 'box/1.eml/x': '', 'box/mailbox.yaml': 'messages: [1.eml]' },
    'box/mailbox.yaml',
    ': line 1, column 12: "1.eml" cannot be read (EISDIR); expected a file that can be read',
  ],
  [
    'a message outside of the folder',
    { '1.eml': '', 'box/mailbox.yaml': 'messages: [../1.eml]' },
    'box/mailbox.yaml',
    ': line 1, column 12: "../1.eml" leaves the folder; expected the name of a file in it',
  ],
  [
    'a message with an absolute path',
    { 'box/mailbox.yaml': 'messages: [/1.eml]' },
    'box/mailbox.yaml',
    ': line 1, column 12: "/1.eml" leaves the folder; expected the name of a file in it',
  ],
  [
    'a message that is too long to be padded',
    { 'box/1.eml': 'four', 'box/mailbox.yaml': 'messages:\n  - file: 1.eml\n    padTo: 3' },
    'box/mailbox.yaml',
    ': line 3, column 12: "1.eml" holds 4 octets already; expected padTo to be 4 or more',
  ],
]

test.each(refused)('%s is refused, and the error says why', async (_why, files, at, message) => {
  const folder = await temporaryFolder(files)
  await expect(loadMailbox(join(folder, 'box'))).rejects.toMatchObject({
    code: 'MAILBOX',
    file: join(folder, at),
    message: `Cannot load "${join(folder, at)}"${message}`,
  })
})

test('the reason of the file system is kept as the cause', async () => {
  const folder = await temporaryFolder({})
  await expect(loadMailbox(join(folder, 'box'))).rejects.toMatchObject({ cause: { code: 'ENOENT' } })
})

test('of a link that leads nowhere, the link itself is not what was meant', async () => {
  const folder = await temporaryFolder({})
  await symlink(join(folder, 'elsewhere.eml'), join(folder, '1.eml'))
  await expect(loadMailbox(folder)).rejects.toThrow('"1.eml" does not exist; expected the name of a file in the folder')
})
