/** As many honest clients at once as a server takes: what they hear shows that nothing is left of those before them. */
import type { Pop3Server } from '@pop3kit/server'
import { passwords } from '../maildrops.ts'
import { Peer, until } from './peer.ts'

/** Users whose maildrops one session holds. */
const guests = ['alice', 'bob', 'grace'] as const

/** How many clients that are. */
export const crowd: number = guests.length

/** Whether each command of each client was answered with +OK. */
export async function probe(server: Pop3Server): Promise<string> {
  const peers = await Promise.all(guests.map(() => Peer.open(server, 'memory')))
  for (const [index, user] of guests.entries()) {
    peers[index]?.send(`USER ${user}\r\nPASS ${passwords[user] ?? ''}\r\n`, 0)
  }
  await server.clock.advance('10s')
  for (const peer of peers) {
    peer.send('QUIT\r\n', 0)
    peer.end()
  }
  const number = server.sessions.length
  await until(() => server.sessions.slice(number - peers.length).every(({ open }) => !open), server)
  return peers.map(({ heard }) => heard.replaceAll(/^(\S+).*\r\n/gm, '$1 ')).join('/ ')
}
