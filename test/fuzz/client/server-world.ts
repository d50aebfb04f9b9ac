/** The mock server as whom a client talks to: one a persona, brought back to its beginning behind every case. */
import type { Pop3TlsOptions } from '@pop3kit/client'
import { type Handler, type PersonaName, type Pop3Server, faultNamed, pop3, setupPop3Server } from '@pop3kit/server'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { Misbehaviour, Source, Way } from './case.ts'
import { maildrop, user } from './mailbox.ts'
import type { World } from './world.ts'

const servers = new Map<PersonaName, Pop3Server>()

/** The server of a persona, as new. */
export async function serverOf(persona: PersonaName): Promise<Pop3Server> {
  const known = servers.get(persona)
  if (known !== undefined) return known
  const server = setupPop3Server({ persona, maildrops: { [user]: maildrop }, clock: 'virtual' })
  await server.listen()
  await server.listen({ tls: 'implicit' })
  servers.set(persona, server)
  return server
}

/** A server that misbehaves. `isDialled`: the client connects by itself, if that is over TCP. */
export async function serverWorld(
  server: Pop3Server,
  { way, misbehaviours }: Extract<Source, { readonly type: 'server' }>,
  isDialled: boolean,
): Promise<World> {
  server.resetHandlers(...misbehaviours.map(handlerOf))
  const tls = way === 'tls' || way === 'starttls' ? await tlsOf(server, way) : undefined
  return {
    options: { ...addressOf(server, way, isDialled), ...(tls === undefined ? {} : { tls }) },
    isClear: tls === undefined && !(way === 'tcp' && isDialled),
    largestPiece: 65_536,
    pass: (ms) => server.clock.advance(ms),
  }
}

async function tlsOf(server: Pop3Server, way: 'tls' | 'starttls'): Promise<Pop3TlsOptions> {
  return { mode: way === 'tls' ? 'implicit' : 'starttls', ca: await server.certificateAuthority() }
}

function addressOf(server: Pop3Server, way: Way, isDialled: boolean): World['options'] {
  if (way === 'memory' || way === 'starttls') return { transport: server.connect() }
  const address = server.addresses.find(({ tls }) => tls === (way === 'tls' ? 'implicit' : 'none'))
  if (address === undefined) throw new Error('The server of the fuzz listens')
  const { host, port } = address
  return isDialled ? { host, port } : { transport: connect({ host, port }), host }
}

const points = ['any', 'connection', 'tls', 'greeting', 'response', 'idle', 'close'] as const

function handlerOf({ place, faults, options }: Misbehaviour): Handler {
  const responders = faults.map(({ name, args }) => faultNamed(name, args))
  const point = points.find((point) => point === place)
  return point === undefined ? pop3.command(place, responders, options) : pop3[point](responders, options)
}

export async function strike(): Promise<void> {
  for (const server of servers.values()) await server.close()
  servers.clear()
  // The handles of the listening sockets are closed some turns of the event loop later.
  for (let turns = 0; turns < 3; turns += 1) await setImmediate()
}
