/**
 * Plays random and mutated command streams against the server: pnpm fuzz [--count N] [--seed N] [--minutes N]. Everything follows from
 * the seed; a case that goes wrong is shrunk and shown with the options that play it again. docs/robustness.md says what is held.
 */
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Failure, type Place, campaign, replay } from './campaign.ts'
import { catchStrays } from './examine.ts'
import { handles, heap } from '../resources.ts'
import { strike } from './stage.ts'

const { values } = parseArgs({
  options: {
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
  console.log(`persona ${shrunk.persona}, case ${place.path.split(':', 1)[0]} of seed ${place.seed}, shrunk:`)
  for (const step of shrunk.steps) console.log(`  ${JSON.stringify(step)}`)
  console.log(`  leaves: ${shrunk.leaves.join(', ')}; faults: ${JSON.stringify(shrunk.faults)}; probe: ${shrunk.probe}`)
  console.log(`Again: pnpm fuzz --seed ${place.seed} --share ${place.share} --path ${place.path}`)
}

/** Says whether all went well. */
async function run(count: number): Promise<boolean> {
  console.log(
    `Seed ${seed}; Node ${process.version} on ${availableParallelism()} of ${cpus()[0]?.model ?? 'a processor'}`,
  )
  const begin = performance.now()
  const seconds = (): string => `${((performance.now() - begin) / 1000).toFixed(0)} s`
  let early: number | undefined
  let streams = 0
  let told = 0
  for await (const round of campaign({ seed, count })) {
    streams = round.streams
    if (round.failure !== undefined) {
      show(round.failure)
      return false
    }
    if (early === undefined && streams >= count / 10) early = heap()
    if (streams - told >= 50_000) {
      told = streams
      console.log(`${streams} streams in ${seconds()}`)
    }
    if (performance.now() > deadline) break
  }
  const late = heap()
  const grown = late - (early ?? late)
  console.log(
    `${streams} streams in ${seconds()}; the heap has grown by ${grown.toFixed(1)} MB to ${late.toFixed(1)} MB`,
  )
  return grown <= growth
}

/** Says whether a case goes well now. */
async function again(place: Place): Promise<boolean> {
  const failure = await replay(place)
  if (failure !== undefined) show(failure)
  return failure === undefined
}

const { count, share, path } = values
catchStrays()
const isWell = path === undefined ? await run(Number(count)) : await again({ seed, share: Number(share), path })
await strike()
console.log(`Handles that are left: ${handles()}`)
process.exitCode = isWell ? 0 : 1
