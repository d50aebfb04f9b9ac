/** Plays a case on a server, and sees what comes of it. */
import type { Pop3Server } from '@pop3kit/server'
import { act } from './act.ts'
import type { Case } from './case.ts'
import { Mail } from './mail.ts'
import { users } from '../maildrops.ts'
import { partWays } from './part-ways.ts'
import { Peer } from './peer.ts'
import { probe } from './probe.ts'
import { type Stage, misbehave } from './stage.ts'
import type { Witness } from './witness.ts'

export interface Outcome {
  readonly witnesses: readonly Witness[]
  readonly mail: Mail
  /** What is wrong, apart from what was said. */
  readonly problems: readonly string[]
}

/** Plays a case on a server that is as new; behind it the server is not. */
export async function play(stage: Stage, { way, steps, leaves, faults, probe: isProbed }: Case): Promise<Outcome> {
  const { server } = stage
  const mail = new Mail(server)
  for (const { verb, fault } of faults) misbehave(server, verb, fault)
  const witnesses = new Map<number, Witness>()
  for (const step of steps) {
    if ('client' in step) {
      const witness = witnesses.get(step.client) ?? (await arrive(server, () => Peer.open(server, way)))
      witnesses.set(step.client, witness)
      await act(witness.peer, step, server)
    } else if (step.type === 'wait') await server.clock.advance(step.ms)
    else if (step.type === 'deliver') mail.deliver(step.user, step.body)
    else if (step.type === 'expunge') mail.expunge(step.user, step.position)
    else server.maildrop(step.user)[step.type]()
  }
  const ways = [...witnesses].map(([client, witness]) => ({ ...witness, leave: leaves[client] ?? 'end' }))
  const problems = await partWays(server, ways, faults.length > 0)
  problems.push(...mail.problems, ...mail.losses(), ...whatIsLeft(stage))
  if (isProbed) {
    server.resetHandlers()
    const heard = await probe(server)
    if (heard !== stage.untouched) problems.push(`honest clients hear "${heard}" instead of "${stage.untouched}"`)
  }
  return { witnesses: ways, mail, problems }
}

async function arrive(server: Pop3Server, open: () => Promise<Peer>): Promise<Witness> {
  const number = server.sessions.length
  const peer = await open()
  const session = server.sessions[number]
  if (session === undefined) throw new Error('A connection is a session')
  return { peer, session }
}

/** What sessions have left behind. */
function* whatIsLeft({ server, alarms }: Stage): Generator<string> {
  for (const user of users) {
    const maildrop = server.maildrop(user)
    maildrop.unlock()
    if (maildrop.locked) yield `the maildrop of ${user} is locked when everybody is gone`
  }
  if (alarms.pending > 0) yield `${alarms.pending} alarms are set when everybody is gone`
}
