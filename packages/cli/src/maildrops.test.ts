import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { maildropsOf, parseLogin } from './maildrops.ts'

let plain = ''
let named = ''

beforeAll(async () => {
  plain = await mkdtemp(join(tmpdir(), 'pop3kit-'))
  await writeFile(join(plain, '1.eml'), 'plain\r\n')
  named = await mkdtemp(join(tmpdir(), 'pop3kit-'))
  await writeFile(join(named, '1.eml'), 'named\r\n')
  await writeFile(join(named, 'mailbox.yaml'), 'users: { alice: { password: wonderland } }')
})

afterAll(() => Promise.all([plain, named].map((folder) => rm(folder, { recursive: true }))))

const bob = { user: 'bob', password: 'builder' }

/** Who has which password and which first message. */
const summary = async (...args: Parameters<typeof maildropsOf>): Promise<unknown> =>
  Object.entries(await maildropsOf(...args)).map(([user, { password, messages }]) => [
    user,
    password,
    messages.length,
    Buffer.from(messages[0]?.content ?? [])
      .toString()
      .split('\r\n')[0],
  ])

test('nothing at all is the mailbox of the walk-through', async () => {
  expect(await summary([], [])).toMatchObject([['myusername', 'mypassword', 7, expect.any(String)]])
})

test('a user without a mailbox has the mailbox of the walk-through', async () => {
  expect(await summary([], [bob])).toMatchObject([['bob', 'builder', 7, expect.any(String)]])
})

test('a mailbox whose manifest names users brings its own', async () => {
  expect(await summary([named], [])).toEqual([['alice', 'wonderland', 1, 'named']])
})

test('a mailbox that names nobody is for every --user', async () => {
  const carol = { user: 'carol', password: 'c' }
  expect(await summary([plain], [bob, carol])).toEqual([
    ['bob', 'builder', 1, 'plain'],
    ['carol', 'c', 1, 'plain'],
  ])
})

test('an mbox and a Maildir are for every --user, and both together are one maildrop', async () => {
  const mbox = join(plain, 'more.mbox')
  await writeFile(mbox, 'From x Mon Jan  5 08:00:00 2026\n>From an mbox\n\n')
  const maildir = join(plain, 'Maildir')
  await mkdir(join(maildir, 'cur'), { recursive: true })
  await writeFile(join(maildir, 'cur', '1767600000.M1P1.host:2,S'), 'of a Maildir\r\n')
  expect(await summary([mbox], [bob])).toEqual([['bob', 'builder', 1, 'From an mbox\n']])
  expect(await summary([maildir, mbox], [bob])).toEqual([['bob', 'builder', 2, 'of a Maildir']])
})

test('both kinds together, and a --user that a manifest names gets another password', async () => {
  expect(await summary([named, plain], [bob, { user: 'alice', password: 'other' }])).toEqual([
    ['alice', 'other', 1, 'named'],
    ['bob', 'builder', 1, 'plain'],
  ])
})

test('a mailbox that names nobody and has no --user is refused', async () => {
  await expect(maildropsOf([plain], [])).rejects.toThrow(
    `Cannot serve "${plain}" to anybody: expected --user NAME:PASSWORD`,
  )
})

test('two mailboxes that name the same user are refused', async () => {
  await expect(maildropsOf([named, named], [])).rejects.toThrow('another mailbox has a user "alice", too')
})

test('a password may hold colons; a --user without one is refused and not shown', () => {
  expect(parseLogin('bob:a:b')).toEqual({ user: 'bob', password: 'a:b' })
  expect(() => parseLogin('secret')).toThrow('Cannot use a --user without a colon: expected NAME:PASSWORD')
})
