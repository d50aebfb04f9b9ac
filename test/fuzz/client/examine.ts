/** Plays a case and says what is wrong with what came of it. */
import type { Examination } from '../campaign.ts'
import type { Account } from './account.ts'
import type { Case } from './case.ts'
import { judgeErrors, judgeSecrets } from './judge-errors.ts'
import { judgeHeld } from './judge-held.ts'
import { judgeWire, repliesOf } from './judge-wire.ts'
import { user } from './mailbox.ts'
import { Peer } from './peer.ts'
import { type Breakage, Play } from './play.ts'
import { serverOf, serverWorld } from './server-world.ts'
import { Time } from './time.ts'
import type { Said } from './wire.ts'
import type { World } from './world.ts'

/** Counts the replies that the client was fed. */
export async function examine(played: Case, breakage: Breakage = (client) => client): Promise<Examination> {
  const { source, connect } = played
  const time = new Time()
  const putBack = time.install()
  try {
    if (source.type === 'peer') {
      const { replies, problems } = await playWith(new Peer(source, time), played, breakage, time)
      return { count: replies.length, problems }
    }
    const server = await serverOf(source.persona)
    const uids = server.maildrop(user).messages.map(({ uid }) => uid)
    const world = await serverWorld(server, source, connect)
    const { account, problems } = await playWith(world, played, breakage, time)
    const found = [...problems, ...judgeHeld(account, { server, source, uids })]
    const count = server.sessions.reduce((sum, { commands }) => sum + 1 + commands.length, 0)
    // What a session recorded as an error comes out here, and was found already.
    await server.reset().catch(() => {})
    return { count, problems: found }
  } finally {
    putBack()
  }
}

async function playWith(
  world: World,
  played: Case,
  breakage: Breakage,
  time: Time,
): Promise<{ readonly account: Account; readonly replies: readonly Said[]; readonly problems: readonly string[] }> {
  const { account, tap, deeds, problems } = await new Play(world, time).run(played, breakage)
  const replies = repliesOf(tap)
  const found = [...problems, ...judgeErrors(deeds), ...judgeSecrets(deeds, tap)]
  if (world.isClear) found.push(...judgeWire(account, replies, world.largestPiece))
  return { account, replies, problems: found }
}
