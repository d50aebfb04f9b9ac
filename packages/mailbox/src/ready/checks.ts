/** What holds for each folder of fixtures with one case a message. Read from the fixtures themselves, not from the copy in the package. */
import { readFile, readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadMailbox } from '../load-mailbox.ts'

/** What the octets of each case must match, one character an octet; several must all be there. */
export type Cases = Readonly<Record<string, RegExp | readonly RegExp[]>>

/** Tests a folder: every case once, each holding what its name says, and a README that tells the truth. */
export async function testFixtures(name: string, password: string, cases: Cases): Promise<void> {
  const folder = new URL(`../../../../fixtures/mailboxes/${name}/`, import.meta.url)
  const { messages, maildrops } = await loadMailbox(folder)
  const octetsOf = (content: Uint8Array): string => Buffer.from(content).toString('latin1')

  test(`${name} has its user, and every case once, under its name`, async () => {
    expect(maildrops).toEqual({ [name]: { password, messages } })
    const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
    expect(messages.map(({ file }) => file).toSorted()).toEqual(names.toSorted())
    expect(messages.map(({ uid }) => `${uid}.eml`)).toEqual(messages.map(({ file }) => file))
    expect(messages.map(({ uid }) => uid)).toEqual(Object.keys(cases))
  })

  test.each(messages)('$uid holds what its name says', ({ uid = '', content }) => {
    for (const what of [cases[uid] ?? []].flat()) expect(octetsOf(content)).toMatch(what)
  })

  test.each(messages)('every line of $uid ends with CRLF', ({ content }) => {
    expect(octetsOf(content)).not.toMatch(/(?<!\r)\n/)
  })

  test('R29: the README has number, name, octets as stored and octets as listed of every case', async () => {
    const readme = await readFile(new URL('README.md', folder), 'utf8')
    const rows = readme.matchAll(/^\| (\d+) \| `([^`]+)` \| (\d+) \| (\d+) \| \S/gm)
    expect([...rows].map(([, ...cells]) => cells.join(' '))).toEqual(
      messages.map(({ uid, content }, index) => {
        const listed = content.length + (content.at(-1) === 0x0a ? 0 : 2)
        return `${index + 1} ${uid} ${content.length} ${listed}`
      }),
    )
  })
}
