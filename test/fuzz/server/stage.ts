/** The servers that cases are played on: one a persona, brought back to its beginning behind every case. */
import { type PersonaName, type Pop3Server, fault, pop3, setupPop3Server } from '@pop3kit/server'
import { setImmediate } from 'node:timers/promises'
import { countAlarms } from './alarms.ts'
import type { Misbehaviour } from './case.ts'
import { maildrops } from '../maildrops.ts'
import { Peer } from './peer.ts'
import { crowd, probe } from './probe.ts'

export interface Stage {
  readonly server: Pop3Server
  readonly alarms: { readonly pending: number }
  /** What honest clients hear of it when nobody was there before. */
  readonly untouched: string
  /** What ends a line for the persona. */
  readonly lineEnd: RegExp
}

const stages = new Map<PersonaName, Stage>()

export async function stageOf(persona: PersonaName): Promise<Stage> {
  const known = stages.get(persona)
  if (known !== undefined) return known
  const limits = { sessions: crowd, waitingOctets: 2048, responseOctets: 1024 }
  const server = setupPop3Server({ persona, maildrops, limits, clock: 'virtual' })
  await server.listen()
  await server.listen({ tls: 'implicit' })
  // The first handshake makes the certificate, which takes time of the computer's.
  const first = await Peer.open(server, 'tls')
  first.destroy()
  const lineEnd = await lineEndOf(server)
  await server.reset()
  const stage = { server, alarms: countAlarms(server), untouched: await probe(server), lineEnd }
  await server.reset()
  stages.set(persona, stage)
  return stage
}

/** CRLF, or a bare LF, too. */
async function lineEndOf(server: Pop3Server): Promise<RegExp> {
  const peer = await Peer.open(server, 'memory')
  peer.send('CAPA\n', 0)
  peer.end()
  await server.clock.advance(0)
  return server.sessions.at(-1)?.commands.length === 0 ? /\r\n/ : /\n/
}

export async function strike(): Promise<void> {
  for (const { server } of stages.values()) await server.close()
  stages.clear()
  // The handles of the listening sockets are closed some turns of the event loop later.
  for (let turns = 0; turns < 3; turns += 1) await setImmediate()
}

const faults = {
  cut: () => fault.cut({ octet: 12 }),
  slow: () => fault.slow('3s', { octet: 5 }),
  'no terminator': () => fault.terminator('missing'),
  refuse: () => fault.err('refused'),
}

export function misbehave(server: Pop3Server, verb: string, misbehaviour: Misbehaviour): void {
  server.use(pop3.command(verb, faults[misbehaviour]()))
}
