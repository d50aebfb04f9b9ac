/** Our client under the 25 faults that docs/clients-under-fault.md tells of: it has the mail in the end, or says what is wrong. */
import { setupPop3Server, type Pop3Server } from '@pop3kit/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { faultNames, loadFault } from '../scripts/clients-under-fault/faults.ts'
import { judge } from '../scripts/clients-under-fault/judge.ts'
import { sorted, textOf } from '../scripts/clients-under-fault/mail.ts'
import { ownOutcomes } from '../scripts/clients-under-fault/own-client.ts'
import { ingest, text, type Ingestion } from './ingest.ts'

/** How long every reply has come, however slowly (ms of the server's clock). It would log out a client that is silent for twice as long. */
const longest = 300_000

/** Fetches while time passes as fast as everybody is ready for it; a client that waits for ever does so in its own time. */
async function ingestInTime(server: Pop3Server, options: Parameters<typeof ingest>[0]): Promise<Ingestion> {
  const over = new AbortController()
  const ending = ingest(options).finally(() => over.abort())
  for (let passed = 0; passed < longest && !over.signal.aborted; passed += 50) await server.clock.advance(50)
  return ending
}

const ways = {
  'over memory': (server: Pop3Server) => ({ transport: server.connect() }),
  'over TCP': async (server: Pop3Server) => {
    const { host, port } = await server.listen()
    return { host, port }
  },
}

/** A server that ends lines with LF alone has a message come out like that. */
const withLf = (message: string): string => message.replaceAll('\r\n', '\n')

describe.each(Object.entries(ways))('%s', (_way, reach) => {
  test.each(faultNames)(
    '%s: the whole mail, or a documented error, and nothing is deleted before it is stored',
    async (name) => {
      const { options, mail } = await loadFault(name)
      const maildrops = { alice: { password: 'wonderland', messages: mail } }
      const server = setupPop3Server({ ...options, clock: 'virtual', maildrops })
      onTestFinished(() => server.close())
      const { ended, stored } = await ingestInTime(server, await reach(server))

      const outcome = { ok: ended === 'well', status: undefined, signal: undefined }
      const words = judge({ mail, got: sorted(mail, stored), outcome, said: '', standstill: undefined })
      expect(words.replace('error', ended)).toBe(ownOutcomes[name] ?? 'ok')

      const kept = await Promise.all(
        server.maildrop('alice').messages.map(async (message) => text(await message.bytes())),
      )
      const all = [...stored, ...kept].map(withLf)
      expect(all).toEqual(expect.arrayContaining(mail.map((message) => withLf(textOf(message)))))
    },
  )
})
