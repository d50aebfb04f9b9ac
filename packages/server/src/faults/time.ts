/** Faults of time, on the server's clock. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import { type Position, at } from '../reply/position.ts'
import { type Fault, defineDeliveryFault } from './fault.ts'

/**
 * Waits before the reply, or at a place inside it. A silence after a command with the connection open blocked all accounts of
 * Thunderbird (M64).
 *
 * @param duration How long, on the server's clock.
 * @param position Where; without it before the first octet.
 * @throws {Pop3ArgumentError} When the duration or the position cannot be.
 */
export function slow(duration: Duration, position: Position = 'start'): Fault {
  const ms = parseDuration(duration)
  return defineDeliveryFault('slow', [duration, position === 'start' ? undefined : position], (fault) =>
    at(position, async function* (rest) {
      yield { type: 'fault', name: fault }
      yield { type: 'wait', ms }
      yield* rest
    }),
  )
}
