/** The end of a case: every client leaves in its way, and the server lets go of every session. */
import type { Pop3Server, SessionRecord } from '@pop3kit/server'
import type { Leave } from './case.ts'
import { type Peer, until } from './peer.ts'
import type { Witness } from './witness.ts'

/** So long that whatever waits for time to pass is over. */
const ages = '100h'

/** Less than any server takes for silence: a session whose client is gone does not wait for that. */
const moment = '20s'

/** Lets everybody go, and says who could not. */
export async function partWays(
  server: Pop3Server,
  ways: readonly (Witness & { readonly leave: Leave })[],
  isFaulty: boolean,
): Promise<string[]> {
  const problems: string[] = []
  const patience = isFaulty ? ages : moment
  for (const { peer, session, leave } of ways) {
    if (leave === 'quit' && peer.canSpeak) {
      const hasQuit = (): boolean => isOver(session)
      await sayQuit(peer, server, hasQuit)
      if (!(await until(hasQuit, server, patience))) problems.push(`session ${session.id} does not end with QUIT`)
    }
    if (leave === 'reset') peer.reset()
    else peer.listen()
    if (leave === 'quit' || leave === 'end') peer.end()
  }
  const isLetGo = ({ peer, session }: Witness): boolean => peer.canSpeak || !session.open
  if (!(await until(() => ways.every(isLetGo), server, patience))) {
    problems.push('sessions are open whose clients are gone')
  }
  if (!(await until(() => server.sessions.every(({ open }) => !open), server, ages))) {
    problems.push('sessions are open when all time has passed')
  }
  // A server that has closed waits a little for the client to follow.
  for (const { peer } of ways) peer.end()
  await server.clock.advance(0)
  for (const { peer } of ways) peer.destroy()
  return problems
}

/**
 * Ends whatever the client was in the midst of, a line or an exchange, and says QUIT. The login that this may complete may lose what was
 * read with it, so QUIT comes later; and to some servers a NUL ends the next line, too, so it may come again.
 */
async function sayQuit(peer: Peer, server: Pop3Server, isOver: () => boolean): Promise<void> {
  peer.listen()
  await server.clock.advance(0)
  for (let times = 0; times < 3 && !isOver(); times += 1) {
    for (const lines of ['\r\n', '*\r\nQUIT\r\n']) {
      peer.send(lines, 0)
      await server.clock.advance(0)
    }
  }
}

/** Whether it was closed, or has carried out QUIT, or is in a handshake, where there are no commands. */
function isOver({ open, state, entries }: SessionRecord): boolean {
  const index = entries.findLastIndex(({ type }) => type === 'command' || type === 'tls')
  const [last, ...since] = entries.slice(index)
  const isAgreed = since.some((entry) => entry.type === 'sent' && entry.octets[0] === plus)
  return !open || state === 'UPDATE' || (last?.type === 'command' && last.verb === 'STLS' && isAgreed)
}

const plus = 0x2b
