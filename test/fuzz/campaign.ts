/** Plays cases until so much was played, or one of them shows a fault of what is held. */
import * as fc from 'fast-check'
import { strays } from './strays.ts'

/** What came of one case. */
export interface Examination {
  /** How much of what the subject counts was in it. */
  readonly count: number
  /** What is wrong; nothing, if all is well. */
  readonly problems: readonly string[]
}

/** A part of the cases of a subject. */
interface Share<Case> {
  /** How many of each hundred cases are of this part. */
  readonly percent: number
  readonly cases: fc.Arbitrary<Case>
}

/** What is fuzzed. */
export interface Subject<Case> {
  /** What is counted, in the plural: `streams`. */
  readonly counted: string
  readonly shares: readonly Share<Case>[]
  /** Plays a case. */
  readonly examine: (played: Case) => Promise<Examination>
  /** A case in lines of text. */
  readonly describe: (played: Case) => readonly string[]
  /** Lets go of everything, behind the last case. */
  readonly strike: () => Promise<void>
}

/** Cases of one round, all shares. */
const roundCases = 1000

/** Where a case is found again. */
export interface Place {
  readonly seed: number
  /** The index of the share. */
  readonly share: number
  /** The number of the case, and how it was shrunk, as fast-check counts. */
  readonly path: string
}

/** A case that went wrong, as small as it could be made. */
export interface Failure {
  readonly place: Place
  readonly shrunk: readonly string[]
  readonly problems: readonly string[]
}

export interface Round {
  /** How much was played so far. */
  readonly count: number
  readonly failure: Failure | undefined
}

/** Plays round after round; each has a seed of its own, one more than that of the round before. */
export async function* campaign<Case>(
  subject: Subject<Case>,
  { seed, count }: { readonly seed: number; readonly count: number },
): AsyncGenerator<Round> {
  let sum = 0
  for (let round = seed; sum < count; round += 1) {
    for (const [share, { percent }] of subject.shares.entries()) {
      const played = await playAll(subject, { seed: round, share, path: '' }, (percent / 100) * roundCases)
      sum += played.count
      yield { count: sum, failure: played.failure }
      if (played.failure !== undefined) return
    }
  }
}

/** Plays one case again, and shrinks it further if it can. */
export async function replay<Case>(subject: Subject<Case>, place: Place): Promise<Failure | undefined> {
  return (await playAll(subject, place, roundCases)).failure
}

async function playAll<Case>(
  { shares, examine, describe }: Subject<Case>,
  { seed, share, path }: Place,
  numRuns: number,
): Promise<Round> {
  const cases = shares[share]?.cases
  if (cases === undefined) throw new Error(`There is no share ${share}`)
  let count = 0
  const property = fc.asyncProperty(cases, async (played) => {
    const examination = await examine(played)
    count += examination.count
    const problems = [...examination.problems, ...strays().map((error) => `nobody caught ${String(error)}`)]
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })
  const details = await fc.check(property, { seed, path, numRuns })
  if (details.counterexample === null) return { count, failure: undefined }
  const [shrunk] = details.counterexample
  const problems = String(details.errorInstance).split('\n')
  const found = { seed, share, path: details.counterexamplePath ?? '' }
  return { count, failure: { place: found, shrunk: describe(shrunk), problems } }
}
