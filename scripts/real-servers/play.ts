/** Plays the client of a case against a real server, and writes down what the server says. */
import type { Case, Step } from './captured-case.ts'
import { act } from './notes.ts'
import { Session } from './session.ts'
import type { RealServer } from './start.ts'

/** Gives the case with the answers of this server, whose maildrop has the seven messages when it begins. */
export async function play(one: Case, server: RealServer): Promise<Case> {
  await server.resetMailbox()
  const sessions = new Map<string | undefined, Session>()
  const steps: Step[] = []
  try {
    for (const { session: name, c, note = '' } of clientSide(one)) {
      const session = sessions.get(name) ?? new Session(server)
      sessions.set(name, session)
      const done = await (c === undefined ? act(session, note) : session.send(c))
      steps.push(...done.map((step) => (name === undefined ? step : { session: name, ...step })))
    }
  } catch (error) {
    // It must not keep the other cases from being played.
    steps.push({ note: `Cannot go on: ${String(error)}` })
  } finally {
    for (const session of sessions.values()) await session.close()
  }
  return { ...one, steps }
}

function clientSide({ steps }: Case): Step[] {
  return steps.filter(({ s }) => s === undefined)
}
