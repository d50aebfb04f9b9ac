import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadMailbox } from './load-mailbox.ts'
import { edgeCasesMailbox, walkthroughMailbox } from './ready-mailboxes.ts'

const fixtures = new URL('../../../fixtures/mailboxes/', import.meta.url)

// A failure here means that the copy in the package is older than the fixtures: build the package.
test.each([
  ['walkthrough', walkthroughMailbox],
  ['edge-cases', edgeCasesMailbox],
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
  expect((await readdir(fixtures)).toSorted()).toEqual(['edge-cases', 'walkthrough'])
})
