/** Captures what a real server answers: node scripts/real-servers/capture.ts SERVER CASES.jsonl [PATTERN] > CAPTURED.jsonl */
import type { Case } from './captured-case.ts'
import { play } from './play.ts'
import { parseSelection } from './selection.ts'
import { type RealServerName, startRealServer } from './start.ts'

/** How many run side by side, each with a maildrop of its own: mostly one waits, since wrong passwords are answered late. */
const SERVERS = 10

/** Gives the cases in their order with what the server said. */
export async function capture(name: RealServerName, cases: readonly Case[]): Promise<Case[]> {
  const captured: Case[] = []
  const queue = cases.entries()
  const work = async (): Promise<void> => {
    const server = await startRealServer(name)
    try {
      for (const [index, one] of queue) captured[index] = await play(one, server)
    } finally {
      await server.stop()
    }
  }
  await Promise.all(Array.from({ length: Math.min(SERVERS, cases.length) }, work))
  return captured
}

if (import.meta.main) {
  const { name, cases } = parseSelection(process.argv.slice(2))
  for (const one of await capture(name, cases)) console.log(JSON.stringify(one))
}
