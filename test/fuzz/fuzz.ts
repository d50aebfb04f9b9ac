/**
 * Plays random and mutated command streams against the server, or replies against the client:
 * pnpm fuzz [--of server|client] [--count N] [--seed N] [--minutes N]. Everything follows from the seed; a case that goes wrong is shrunk
 * and shown with the options that play it again. docs/robustness.md says what is held.
 */
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { handles, heap } from '../resources.ts'
import { type Failure, type Place, type Subject, campaign, replay } from './campaign.ts'
import { client } from './client/index.ts'
import { server } from './server/index.ts'
import { catchStrays } from './strays.ts'

const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'server' },
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: 'Infinity' },
    share: { type: 'string' },
    path: { type: 'string' },
  },
})
const seed = Number(values.seed)
const deadline = performance.now() + Number(values.minutes) * 60_000

/** Megabytes that the heap may grow between the first tenth of a run and its end. */
const growth = 32

function show({ place, shrunk, problems }: Failure): void {
  console.log(problems.join('\n'))
  console.log(`Case ${place.path.split(':', 1)[0]} of seed ${place.seed}, shrunk:`)
  for (const line of shrunk) console.log(`  ${line}`)
  console.log(`Again: pnpm fuzz --of ${values.of} --seed ${place.seed} --share ${place.share} --path ${place.path}`)
}

/** Says whether all went well. */
async function run<Case>(subject: Subject<Case>, wanted: number): Promise<boolean> {
  console.log(
    `Seed ${seed}; Node ${process.version} on ${availableParallelism()} of ${cpus()[0]?.model ?? 'a processor'}`,
  )
  const begin = performance.now()
  const seconds = (): string => `${((performance.now() - begin) / 1000).toFixed(0)} s`
  let early: number | undefined
  let played = 0
  let told = 0
  for await (const { count, failure } of campaign(subject, { seed, count: wanted })) {
    played = count
    if (failure !== undefined) {
      show(failure)
      return false
    }
    if (early === undefined && count >= wanted / 10) early = await heap()
    if (count - told >= 50_000) {
      told = count
      console.log(`${count} ${subject.counted} in ${seconds()}`)
    }
    if (performance.now() > deadline) break
  }
  const late = await heap()
  const grown = late - (early ?? late)
  console.log(
    `${played} ${subject.counted} in ${seconds()}; the heap has grown by ${grown.toFixed(1)} MB to ${late.toFixed(1)} MB`,
  )
  return grown <= growth
}

/** Says whether a case goes well now. */
async function again<Case>(subject: Subject<Case>, place: Place): Promise<boolean> {
  const failure = await replay(subject, place)
  if (failure !== undefined) show(failure)
  return failure === undefined
}

/** Says whether all that was asked for goes well. */
async function fuzz<Case>(subject: Subject<Case>): Promise<boolean> {
  const { count, share, path } = values
  const isWell = path === undefined ? run(subject, Number(count)) : again(subject, { seed, share: Number(share), path })
  return isWell.finally(subject.strike)
}

catchStrays()
const isWell = await (values.of === 'client' ? fuzz(client) : fuzz(server))
console.log(`Handles that are left: ${handles()}`)
process.exitCode = isWell ? 0 : 1
