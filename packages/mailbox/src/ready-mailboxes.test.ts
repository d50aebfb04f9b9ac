import { readFile, readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadMailbox } from './load-mailbox.ts'
import * as readyMailboxes from './ready-mailboxes.ts'

const fixtures = new URL('../../../fixtures/mailboxes/', import.meta.url)

// A failure here means that the copy in the package is older than the fixtures: build the package.
test.each([
  ['bounces', readyMailboxes.bouncesMailbox],
  ['calendar', readyMailboxes.calendarMailbox],
  ['digests', readyMailboxes.digestsMailbox],
  ['edge-cases', readyMailboxes.edgeCasesMailbox],
  ['malformed', readyMailboxes.malformedMailbox],
  ['signed', readyMailboxes.signedMailbox],
  ['walkthrough', readyMailboxes.walkthroughMailbox],
])('the ready mailbox "%s" is the one in fixtures/mailboxes', async (name, ready) => {
  const [shipped, source] = [await ready(), await loadMailbox(new URL(name, fixtures))]
  expect(shipped.messages.map(({ file }) => file)).toEqual(source.messages.map(({ file }) => file))
  for (const [index, { content, uid }] of shipped.messages.entries()) {
    expect(uid).toBe(source.messages[index]?.uid)
    expect(Buffer.compare(content, source.messages[index]?.content ?? new Uint8Array())).toBe(0)
  }
  expect(Object.keys(shipped.maildrops)).toEqual(Object.keys(source.maildrops))
})

test('every mailbox of the fixtures has a function of its own', async () => {
  const functionOf = (folder: string): string =>
    `${folder.replaceAll(/-(.)/g, (_, letter) => String(letter).toUpperCase())}Mailbox`
  expect(Object.keys(readyMailboxes).toSorted()).toEqual((await readdir(fixtures)).map(functionOf).toSorted())
})

test('the documentation lists every ready mailbox with its user, its password and its messages', async () => {
  const documentation = await readFile(new URL('../../../docs/mailboxes.md', import.meta.url), 'utf8')
  const rows = documentation.matchAll(/^\| `(\w+)\(\)` +\| `([^`]+)`, `([^`]+)` +\| (\d+) /gm)
  const listed = await Promise.all(
    Object.entries(readyMailboxes).map(async ([name, ready]) => {
      const { maildrops, messages } = await ready()
      return Object.entries(maildrops).map(([user, { password }]) => [name, user, password, String(messages.length)])
    }),
  )
  expect(new Set([...rows].map(([, ...cells]) => cells.join(' ')))).toEqual(
    new Set(listed.flat().map((row) => row.join(' '))),
  )
})
