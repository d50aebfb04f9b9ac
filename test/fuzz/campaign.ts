/** Plays cases until so many streams were played, or one of them shows a fault of the server. */
import * as fc from 'fast-check'
import type { Case, Way } from './case.ts'
import { cases } from './cases.ts'
import { examine } from './examine.ts'

/** How many cases of each hundred come which way, and whether they may take long. */
const shares: readonly { readonly way: Way; readonly cost: 'bulk' | 'all'; readonly share: number }[] = [
  { way: 'memory', cost: 'bulk', share: 94 },
  { way: 'memory', cost: 'all', share: 3 },
  { way: 'tcp', cost: 'all', share: 2 },
  { way: 'tls', cost: 'all', share: 1 },
]

/** Cases of one round, all ways. */
const roundCases = 1000

/** Where a case is found again. */
export interface Place {
  readonly seed: number
  /** The index in {@link shares}. */
  readonly share: number
  /** The number of the case, and how it was shrunk, as fast-check counts. */
  readonly path: string
}

/** A case that went wrong, as small as it could be made. */
export interface Failure {
  readonly place: Place
  readonly shrunk: Case
  readonly problems: readonly string[]
}

export interface Round {
  /** Streams so far. */
  readonly streams: number
  readonly failure: Failure | undefined
}

/** Plays round after round; each has a seed of its own, one more than that of the round before. */
export async function* campaign({ seed, count }: { seed: number; count: number }): AsyncGenerator<Round> {
  let streams = 0
  for (let round = seed; streams < count; round += 1) {
    for (const [share, { share: percent }] of shares.entries()) {
      const played = await playAll({ seed: round, share, path: '' }, (percent / 100) * roundCases)
      streams += played.streams
      yield { streams, failure: played.failure }
      if (played.failure !== undefined) return
    }
  }
}

/** Plays one case again, and shrinks it further if it can. */
export async function replay(place: Place): Promise<Failure | undefined> {
  return (await playAll(place, roundCases)).failure
}

async function playAll(
  { seed, share, path }: Place,
  numRuns: number,
): Promise<{ streams: number; failure: Failure | undefined }> {
  const { way, cost } = shares[share] ?? { way: 'memory', cost: 'bulk' }
  let streams = 0
  const property = fc.asyncProperty(cases(way, cost), async (played) => {
    const examination = await examine(played)
    streams += examination.streams
    if (examination.problems.length > 0) throw new Error(examination.problems.join('\n'))
  })
  const details = await fc.check(property, { seed, path, numRuns })
  if (details.counterexample === null) return { streams, failure: undefined }
  const [shrunk] = details.counterexample
  const problems = String(details.errorInstance).split('\n')
  return { streams, failure: { place: { seed, share, path: details.counterexamplePath ?? '' }, shrunk, problems } }
}
