/** Plays a fault to a client. */
import { setupPop3Server } from '@pop3kit/server'
import type { Presence } from '../clients/presence.ts'
import { prepare } from '../clients/run.ts'
import { inTemporaryFolder } from '../lib/pack.ts'
import type { Fault, FaultName } from './faults.ts'
import { judge } from './judge.ts'
import { sorted } from './mail.ts'
import { Watch } from './watch.ts'

export interface Sighting {
  readonly fault: FaultName
  readonly client: string
  readonly version: string
  /** What became of it, in the words of the page. */
  readonly words: string
  /** What the client said, the command first. */
  readonly transcript: string
  readonly seconds: number
}

const [user, password] = ['alice', 'wonderland']

/** Milliseconds after which a client is ended whatever is going on. */
const longest = 120_000

/** @param patience milliseconds of silence after which a client is taken to wait for ever */
export async function play(presence: Presence, fault: Fault, patience: number): Promise<Sighting> {
  const { client, version } = presence
  const { name, options, mail } = fault
  const server = setupPop3Server({ ...options, maildrops: { [user]: { password, messages: mail } } })
  try {
    await server.listen()
    const { host, port } = server
    return await inTemporaryFolder(async (folder) => {
      const errand = { host, port, user, password, count: mail.length, encryption: 'none', keep: true, folder } as const
      const run = prepare(presence, { ...errand, login: 'PASS' }, {})
      const started = performance.now()
      let watch: Watch | undefined
      const outcome = await run({
        timeout: longest,
        onStart: (child) => (watch = new Watch(server, child, patience)),
      })
      const seconds = (performance.now() - started) / 1000
      const delivered = await client.delivered(folder)
      const { undo = (text: string): string => text, mutters = /^$/g } = client
      const got = sorted(mail, delivered).map((text) => (text === undefined ? undefined : undo(text, 'none')))
      const said = `${outcome.stdout}${outcome.stderr}`.replaceAll(mutters, '')
      const words = judge({ mail, got, outcome, said, standstill: watch?.standstill })
      return { fault: name, client: client.name, version, words, transcript: outcome.transcript, seconds }
    })
  } finally {
    await server.close()
  }
}
