/** Our client against every scenario of the catalogue: it never hangs, never crashes, and never loses mail without a word. */
import { loadScenario } from '@pop3kit/scenario'
import { setupPop3Server } from '@pop3kit/server'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ingest, text } from './ingest.ts'

const folder = new URL('../fixtures/scenarios/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .toSorted()

/** The errors that end a run, by the M; every other M ends well. */
const errors: Readonly<Record<string, readonly number[]>> = {
  POP3_REPLY: [36, 37, 46, 54, 62, 63, 67],
  POP3_CLOSED: [65, 66],
  // The clock of the server stands still: whatever waits is silent for ever.
  POP3_TIMEOUT: [3, 4, 13, 64, 69, 74],
  POP3_PROTOCOL: [5, 11, 14, 17, 18, 23, 24, 28, 29],
}

/** Where the server sends other messages than it holds, whole ones: bare LF, other words, long lines, a line more. */
const altered: ReadonlySet<number> = new Set([7, 8, 15, 20])

const mail = [1, 2, 3].map(
  (number) => `Subject: ${number}\r\n\r\n.starts with a dot\r\n${'line\r\n'.repeat(50 * number)}.\r\nthe end\r\n`,
)

test.each(files)(
  '%s: ends with whole mail or in a documented error, and nothing is deleted before it is stored',
  async (file) => {
    const number = Number(file.slice(1, 3))
    const { options } = await loadScenario(new URL(file, folder))
    const maildrops = { alice: { password: 'wonderland', messages: mail } }
    await using server = setupPop3Server({ ...options, clock: 'virtual', maildrops })
    const { ended, stored } = await ingest({ transport: server.connect() })
    const expected = Object.entries(errors).find(([, numbers]) => numbers.includes(number))?.[0] ?? 'well'
    expect(ended).toBe(expected)
    const kept = await Promise.all(
      server.maildrop('alice').messages.map(async (message) => text(await message.bytes())),
    )
    const gone = mail.filter((message) => !kept.includes(message))
    if (altered.has(number)) expect(gone.length).toBeLessThanOrEqual(stored.length)
    else {
      expect(mail).toEqual(expect.arrayContaining([...stored]))
      // M36: one message was removed by somebody else.
      expect(stored).toEqual(expect.arrayContaining(number === 36 ? gone.slice(1) : gone))
    }
  },
)
