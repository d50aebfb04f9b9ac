import { expect, test } from 'vitest'
import { edgeCasesMailbox } from '../ready-mailboxes.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { validateMailbox } from './validate-mailbox.ts'

/** Every problem as `file:line:column severity: problem`, the folder left out. */
const problemsOf = async (files: Readonly<Record<string, string>>, name = ''): Promise<string[]> => {
  const folder = await temporaryFolder(files)
  const problems = await validateMailbox(`${folder}/${name}`)
  return problems.map(({ file, line, column, severity, problem }) =>
    [file.slice(folder.length + 1), line, column, `${severity}: ${problem}`]
      .filter((part) => part !== undefined)
      .join(':'),
  )
}

test('nothing is wrong with what is right', async () => {
  expect(await problemsOf({ '1.eml': 'Subject: x\r\n\r\n' })).toEqual([])
})

test('all that is wrong with a manifest is told', async () => {
  const manifest = `users:
  alice: { pasword: x }
  bob: { password: 5, messages: [{ file: 1.eml, uid: a b }, { file: 1.eml, date: today }] }
`
  expect(await problemsOf({ '1.eml': 'A: 1\n\n', 'mailbox.yaml': manifest })).toEqual([
    'mailbox.yaml:2:12:error: unknown key "pasword"',
    'mailbox.yaml:3:20:error: users.bob.password is a number',
    'mailbox.yaml:3:54:error: users.bob.messages[0].uid is "a b"',
    'mailbox.yaml:3:82:error: users.bob.messages[1].date is "today"',
  ])
})

test('each message that is missing is told, and what is wrong with the others', async () => {
  const manifest = `messages:
  - 1.eml
  - { file: 2.eml, uid: two }
  - { file: 3.eml, uid: two }
  - { file: 4.eml, uid: two, padTo: 1 }
`
  const files = { '1.eml': '\r\n', '3.eml': 'A: 1\n\n', '4.eml': 'B: 1\n\0\n', 'mailbox.yaml': manifest }
  expect(await problemsOf(files)).toEqual([
    '1.eml:1:1:warning: no header',
    'mailbox.yaml:3:13:error: "2.eml" does not exist',
    '4.eml:2:1:warning: a NUL',
    '4.eml:2:1:warning: a line of the header that is no field: it has no name and colon',
    'mailbox.yaml:5:37:error: "4.eml" holds 7 octets already',
  ])
})

test('a unique-id that two messages have is told', async () => {
  const manifest = 'messages: [{ file: 1.eml, uid: x }, { file: 1.eml, uid: x }, 1.eml, 1.eml]'
  expect(await problemsOf({ '1.eml': 'A: 1\n\n', 'mailbox.yaml': manifest })).toEqual([
    'mailbox.yaml:1:57:warning: "x" is the unique-id of another message, too',
  ])
  expect(await problemsOf({ 'new/1.x.h': 'A: 1\n\n', 'cur/1.x.h:2,S': 'A: 1\n\n' })).toEqual([
    'cur/1.x.h:2,S:warning: its name without flags is that of another message, and so is its unique-id',
  ])
})

test('what is wrong in an mbox has its place in the mbox', async () => {
  const from = 'From x Mon Jan  5 08:00:00 2026\n'
  const mbox = `${from}A: 1\n\n>From me\n\n${from}A: 1\n\none\rtwo\rthree\n\n`
  const folder = await temporaryFolder({ box: mbox })
  expect(await validateMailbox(`${folder}/box`)).toEqual([
    {
      severity: 'warning',
      file: `${folder}/box`,
      line: 9,
      column: 4,
      offset: mbox.indexOf('\r'),
      problem: 'a bare CR (2 times)',
      expected: 'CR only before LF (RFC 5322 section 2.2)',
    },
  ])
  expect(await validateMailbox(`${folder}/box`, { dialect: 'mboxcl' })).toMatchObject([
    { severity: 'error', line: 2, offset: from.length, problem: 'this message has no Content-Length' },
    { severity: 'error', line: 7 },
    { severity: 'warning', line: 9 },
  ])
})

test('the sub-folders of a Maildir are told', async () => {
  expect(await problemsOf({ 'new/1.x.h': 'A: 1\n\n', '.Sent/cur/1.x.h': 'A: 1\n\n' })).toEqual([
    '.Sent:warning: this sub-folder is another mailbox, and left out',
  ])
})

test('what is not there, and what is no mailbox, is one error', async () => {
  expect(await problemsOf({}, 'box')).toEqual(['box:error: it does not exist'])
  expect(await problemsOf({ 'box/x': '' }, 'box')).toEqual(['box:error: it holds no .eml file'])
  expect(await problemsOf({ box: 'x' }, 'box')).toEqual(['box:1:1:error: it does not begin with "From "'])
})

test('the walk-through has no problem, and the hard cases are as hard as they say', async () => {
  const fixtures = new URL('../../../../fixtures/mailboxes/', import.meta.url)
  expect(await validateMailbox(new URL('walkthrough', fixtures))).toEqual([])
  const problems = await validateMailbox(new URL('edge-cases', fixtures))
  expect(problems.every(({ severity }) => severity === 'warning')).toBe(true)
  const { messages } = await edgeCasesMailbox()
  expect(problems.length).toBeLessThan(messages.length)
  expect(problems.find(({ file }) => file.endsWith('nul.eml'))).toMatchObject({ line: 9, problem: 'a NUL (4 times)' })
})
