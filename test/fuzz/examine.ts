/** Plays a case and says what is wrong with what came of it. */
import type { Case } from './case.ts'
import { judge } from './judge.ts'
import { play } from './play.ts'
import { stageOf } from './stage.ts'

export interface Examination {
  /** How many clients said something. */
  readonly streams: number
  readonly problems: readonly string[]
}

/** Rejections and exceptions that nobody caught. */
const strays: unknown[] = []

/** Listens for what nobody catches, until it is told not to. */
export function catchStrays(): () => void {
  const note = (error: unknown): void => void strays.push(error)
  const events = ['unhandledRejection', 'uncaughtException']
  for (const event of events) process.on(event, note)
  return () => {
    for (const event of events) process.off(event, note)
  }
}

export async function examine(played: Case): Promise<Examination> {
  const stage = await stageOf(played.persona)
  const problems: string[] = []
  let streams = 0
  try {
    const outcome = await play(stage, played)
    streams = outcome.witnesses.length
    problems.push(...judge(outcome, played, stage))
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  // What a session recorded as an error comes out here, and was seen in its record before.
  await stage.server.reset().catch(() => {})
  problems.push(...strays.splice(0).map((error) => `nobody caught ${String(error)}`))
  return { streams, problems }
}
