/** Many sessions at a time, while mail comes and goes and maildrops are locked from outside. */
import { type Pop3Server, setupPop3Server } from '@pop3kit/server'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { seeded } from '../segmentation.ts'
import { Ledger } from './ledger.ts'
import { LineClient } from './line-client.ts'
import { type Farewell, password, read } from './reader.ts'

export interface SoakOptions {
  readonly sessions: number
  readonly atOnce: number
  readonly seed: number
}

export interface SoakReport {
  readonly problems: readonly string[]
  readonly messages: number
  /** How many sessions ended how. */
  readonly farewells: Readonly<Record<string, number>>
}

const users = Array.from({ length: 50 }, (_, number) => `user${number}`)

/** Serves so many sessions; whoever calls it may look at the process before and behind it. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const server = setupPop3Server({ maildrops: Object.fromEntries(users.map((user) => [user, { password }])) })
  try {
    return await serveAll(server, options)
  } finally {
    await server.close()
  }
}

async function serveAll(server: Pop3Server, { sessions, atOnce, seed }: SoakOptions): Promise<SoakReport> {
  await server.listen()
  await server.listen({ tls: 'implicit' })
  const ca = await server.certificateAuthority()
  const ledger = new Ledger(server, users)
  const random = seeded(seed)
  const pick = (): string => users[Math.floor(random() * users.length)] ?? ''
  const farewells = new Map<Farewell, number>()

  const served = { all: false }
  /** What others do to the maildrops. */
  async function goOn(): Promise<void> {
    while (!served.all) {
      for (let count = 0; count < 5; count += 1)
        ledger.deliver(pick(), random() < 0.01 ? 5000 : Math.floor(random() * 100))
      if (random() < 0.5) ledger.expunge(pick(), Math.floor(random() * 3))
      const locked = server.maildrop(pick())
      locked.lock()
      await setTimeout(5)
      locked.unlock()
    }
  }

  const numbers = Array(sessions).keys()
  async function serve(): Promise<void> {
    for (const number of numbers) {
      const client = new LineClient(await open(server, number, ca))
      const farewell = await read(client, { user: pick(), ledger, random })
      farewells.set(farewell, (farewells.get(farewell) ?? 0) + 1)
      await client.closed()
    }
  }

  const others = goOn()
  await Promise.all(Array.from({ length: atOnce }, serve))
  served.all = true
  await others
  const left = await remaining(server)
  return {
    problems: [...ledger.conclusions(), ...(left === 0 ? [] : [`${left} sessions are open`])],
    messages: ledger.count,
    farewells: Object.fromEntries(farewells),
  }
}

/** One of ten comes over TLS, one over memory, the others over TCP. */
async function open(server: Pop3Server, number: number, ca: string): Promise<Duplex> {
  if (number % 10 === 0) return server.connect()
  const isSecure = number % 10 === 1
  const address = server.addresses.find(({ tls }) => (tls === 'implicit') === isSecure)
  if (address === undefined) throw new Error('The server of the soak listens')
  const { host, port } = address
  const socket = isSecure ? connectTls({ host, port, ca, servername: 'localhost' }) : connect({ host, port })
  await once(socket, isSecure ? 'secureConnect' : 'connect')
  return socket
}

/** Sessions that are open when their clients are gone and the server had time to see it. */
async function remaining(server: Pop3Server): Promise<number> {
  const count = (): number => server.sessions.filter(({ open }) => open).length
  for (let patience = 0; count() > 0 && patience < 100; patience += 1) await setTimeout(20)
  return count()
}
