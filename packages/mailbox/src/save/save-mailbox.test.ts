import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { generate } from '../generate/generate.ts'
import { loadMailbox } from '../load-mailbox.ts'
import { edgeCasesMailbox } from '../ready-mailboxes.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { type SaveMailboxOptions, saveMailbox } from './save-mailbox.ts'

const kinds = ['eml', 'mbox', 'maildir'] as const satisfies ReadonlyArray<SaveMailboxOptions['as']>

/** Octets in hexadecimal: a failure shows what differs, and not ten megabytes as numbers. */
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

test.each(kinds)('what is saved as %s is loaded octet by octet, in the same order', async (as) => {
  const folder = await temporaryFolder({})
  let run = 0
  const message = fc.array(
    fc.oneof(
      fc.constantFrom('From ', '>From x', 'From x Mon Jan  5 08:00:00 2026', '\r', '\0'),
      fc.string({ unit: 'binary-ascii' }),
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(message, fc.nat())), fc.constantFrom('\n', '\r\n'), async (lines, lineEnd) => {
      const messages = lines.map(([lines, arrivedAt]) => ({
        content: Buffer.from(lines.map((line) => line.replaceAll('\n', '') + lineEnd).join(''), 'latin1'),
        arrivedAt,
      }))
      const path = join(folder, String(++run))
      await saveMailbox(messages, path, { as })
      const loaded = await loadMailbox(path, { dialect: 'mboxrd' })
      expect(loaded.messages.map(({ content }) => hex(content))).toEqual(messages.map(({ content }) => hex(content)))
    }),
    { numRuns: 30 },
  )
})

test('as eml, the hard cases come back with their unique-ids, whatever is in them', async () => {
  const folder = await temporaryFolder({})
  const cases = await edgeCasesMailbox()
  await saveMailbox(cases, folder, { as: 'eml' })
  const { messages, maildrops } = await loadMailbox(folder)
  expect(maildrops).toEqual({})
  expect(messages.map(({ uid }) => uid)).toEqual(cases.messages.map(({ uid }) => uid))
  expect(
    messages.every(({ content }, index) => Buffer.compare(content, cases.messages[index]?.content ?? content) === 0),
  ).toBe(true)
})

test('as eml, unique-ids and dates are in the manifest', async () => {
  const folder = await temporaryFolder({})
  const messages = [
    { content: Buffer.from('one'), uid: '"\\#:{', arrivedAt: Date.UTC(2026, 10, 3, 10, 15, 0, 7) },
    { content: Buffer.from('two') },
  ]
  await saveMailbox(messages, join(folder, 'a/b'), { as: 'eml' })
  expect(await readFile(join(folder, 'a/b/mailbox.yaml'), 'utf8')).toBe(
    'messages:\n  - {"file":"1.eml","uid":"\\"\\\\#:{","date":"2026-11-03T10:15:00.007Z"}\n  - {"file":"2.eml"}\n',
  )
  const loaded = await loadMailbox(join(folder, 'a/b'))
  expect(loaded.messages.map(({ uid, arrivedAt }) => ({ uid, arrivedAt }))).toEqual([
    { uid: '"\\#:{', arrivedAt: Date.UTC(2026, 10, 3, 10, 15, 0, 7) },
    { uid: undefined, arrivedAt: undefined },
  ])
})

test('as a Maildir, flags and dates are in the names, and tmp is there', async () => {
  const folder = await temporaryFolder({})
  const messages = [
    { content: Buffer.from('late'), arrivedAt: 9_999_999_999_001, flags: 'RS' },
    { content: Buffer.from('no date') },
    ...Array.from({ length: 10 }, (_, index) => ({
      content: Buffer.from(`same moment ${index}`),
      arrivedAt: 9_999_999_999_002,
    })),
  ]
  await saveMailbox({ messages }, folder, { as: 'maildir' })
  expect((await readdir(folder)).toSorted()).toEqual(['cur', 'new', 'tmp'])
  const loaded = await loadMailbox(folder)
  expect(loaded.messages.map(({ content }) => String(Buffer.from(content)))).toEqual(
    messages.map(({ content }) => String(content)),
  )
  expect(loaded.messages[0]).toMatchObject({ flags: 'RS', arrivedAt: 9_999_999_999_001 })
  expect(loaded.messages[1]).not.toHaveProperty('flags')
})

test('as an mbox, dates are in the From_ lines, and a last line without an end is ended', async () => {
  const folder = await temporaryFolder({})
  const path = join(folder, 'left.mbox')
  await saveMailbox(
    [{ content: Buffer.from('A: 1\r\n\r\none'), arrivedAt: 1_767_600_000_999 }, { content: Buffer.from('') }],
    path,
    { as: 'mbox' },
  )
  expect(await readFile(path, 'latin1')).toBe(
    'From MAILER-DAEMON Mon Jan  5 08:00:00 2026\r\nA: 1\r\n\r\none\r\n\r\nFrom MAILER-DAEMON Thu Jan  1 00:00:00 1970\r\n\r\n',
  )
})

test.each(kinds)('nothing is a mailbox, too, as %s', async (as) => {
  const path = join(await temporaryFolder({}), 'nothing')
  await saveMailbox([], path, { as })
  expect((await loadMailbox(path)).messages).toEqual([])
})

test('messages of a server and generated ones are asked for their octets', async () => {
  const folder = await temporaryFolder({})
  const [generated] = generate({ count: 1, size: 300 })
  const ofServer = { uid: 'x', bytes: () => Promise.resolve(Buffer.from('of a server\r\n')) }
  await saveMailbox({ messages: new Set([ofServer, ...(generated === undefined ? [] : [generated])]) }, folder, {
    as: 'eml',
  })
  const { messages } = await loadMailbox(folder)
  expect(messages.map(({ uid, content }) => [uid, content.length])).toEqual([
    ['x', 13],
    ['generated-1-1', 300],
  ])
})

test.each([
  ['eml', 'box', { 'box/1.eml': 'old' }, 'it holds "1.eml" already; expected an empty folder, or a new one'],
  ['maildir', 'box', { 'box/cur/1': 'old' }, 'it holds "cur" already; expected an empty folder, or a new one'],
  ['eml', 'box', { box: 'old' }, 'it is a file; expected a folder'],
  ['mbox', 'box', { box: 'old' }, 'it exists; expected the name of a new file'],
  ['mbox', 'box', { 'box/x': 'old' }, 'it exists; expected the name of a new file'],
] as const)('nothing is written over: as %s', async (as, name, files, message) => {
  const folder = await temporaryFolder(files)
  const path = join(folder, name)
  await expect(saveMailbox(generate({ count: 1 }), path, { as })).rejects.toMatchObject({
    code: 'MAILBOX_ARGUMENT',
    message: `Cannot save to "${path}": ${message}`,
  })
  const [[file, content] = ['', '']] = Object.entries(files)
  expect(await readFile(join(folder, file), 'utf8')).toBe(content)
})

test.each([[{}], [{ as: 'zip' }], [{ as: 'constructor' }]])(
  'a kind that there is not is refused: %j',
  async (options) => {
    // @ts-expect-error -- as in JavaScript
    await expect(saveMailbox([], 'box', options)).rejects.toMatchObject({
      code: 'MAILBOX_ARGUMENT',
      message: expect.stringMatching(/^Cannot save to "box" as .*: expected "eml", "mbox" or "maildir"$/),
    })
  },
)
