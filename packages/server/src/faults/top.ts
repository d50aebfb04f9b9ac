/** Faults of TOP: more of a message than was asked for, or less (RFC 1939 section 7). */
import { encodeLatin1 } from '@pop3kit/codec'
import type { DeliveryTransform, Step } from '../reply/delivery.ts'
import { type Position, at } from '../reply/position.ts'
import { position } from './arguments.ts'
import { type FaultMaker, answering, changingOctets, defineFault, toldOnce } from './fault.ts'

/**
 * Leaves out the body from a place on, and ends the reply as if it were whole. TOP stopped at 64 kB at Maillennium, after some ten lines at
 * usa.net and after one at OpenMail (M44).
 *
 * @param position Where; `{ line: 11 }` keeps ten lines behind the status line.
 */
export const truncate: FaultMaker<[position: Position]> = defineFault('truncate', [position], (place) => {
  const here = at(place)
  return changingOctets((effect) => {
    const cut = here(async function* (rest) {
      const tell = toldOnce(effect)
      for await (const step of rest) {
        if (step.type === 'write' && step.part === 'body') yield* tell()
        else yield step
      }
    })
    return (steps) => withLastLineEnded(cut(steps))
  })
})

const LF = 0x0a

/** Ends the last line of a body where that was cut in two. */
const withLastLineEnded: DeliveryTransform = async function* (steps): AsyncGenerator<Step> {
  let last: number | undefined = LF
  for await (const step of steps) {
    if (step.type === 'write') {
      if (step.part === 'terminator' && last !== LF) yield { type: 'write', part: 'body', octets: encodeLatin1('\r\n') }
      last = step.octets.at(-1) ?? last
    }
    yield step
  }
}

/**
 * Answers TOP with the whole message, however many lines were asked for: `TOP 1 0` of Stalwart (M43).
 */
export const whole: FaultMaker<[]> = defineFault('whole', [], () =>
  answering(async ({ command, session }, next) => {
    if (command?.verb !== 'TOP') return undefined
    const honest = await next()
    const message = session.message(Number.parseInt(command.argument ?? '', 10))
    return honest.ok && message !== undefined ? { ...honest, body: () => message.pieces() } : undefined
  }),
)
