/** A fault of pipelining: replies that run into each other (RFC 2449 section 6.6). */
import type { Situation } from '../handlers/handler.ts'
import type { Step } from '../reply/delivery.ts'
import { type FaultMaker, changingOctets, defineFault } from './fault.ts'

/**
 * Holds the terminator of a multi-line reply back until the next reply has begun, and sends it behind the status line of that; the one
 * behind it is held back again. WildDuck did it to clients that pipeline RETR (M13). One that waits for each reply waits for ever.
 */
export const interleave: FaultMaker<[]> = defineFault('interleave', [], () => {
  const late = new WeakMap<Situation['session'], readonly Step[]>()
  return changingOctets(
    (effect, { session }) =>
      async function* (steps) {
        let due = late.get(session)
        late.delete(session)
        const isOwnHeld = due === undefined
        const held: Step[] = []
        for await (const step of steps) {
          if (isOwnHeld && step.type === 'write' && step.part === 'terminator') {
            if (held.length === 0) yield effect
            held.push(step)
            continue
          }
          if (due !== undefined && step.type === 'write' && step.part !== 'status') {
            yield effect
            yield* due
            due = undefined
          }
          yield step
        }
        if (due !== undefined) {
          yield effect
          yield* due
        }
        if (held.length > 0) late.set(session, held)
      },
  )
})
