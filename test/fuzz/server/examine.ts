/** Plays a case and says what is wrong with what came of it. */
import type { Examination } from '../campaign.ts'
import type { Case } from './case.ts'
import { judge } from './judge.ts'
import { play } from './play.ts'
import { stageOf } from './stage.ts'

/** Counts the clients that said something. */
export async function examine(played: Case): Promise<Examination> {
  const stage = await stageOf(played.persona)
  const problems: string[] = []
  let count = 0
  try {
    const outcome = await play(stage, played)
    count = outcome.witnesses.length
    problems.push(...judge(outcome, played, stage))
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  // What a session recorded as an error comes out here, and was seen in its record before.
  await stage.server.reset().catch(() => {})
  return { count, problems }
}
