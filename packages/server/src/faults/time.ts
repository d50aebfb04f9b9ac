/** Faults of time, on the server's clock: before a reply, or at a place inside it. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import type { DeliveryTransform } from '../reply/delivery.ts'
import { type Position, at } from '../reply/position.ts'
import { membersOf, positiveNumber, refuse } from './arguments.ts'
import { type Fault, defineDeliveryFault } from './fault.ts'

/** A delay that is drawn anew each time. */
export interface LognormalDelay {
  /** Half of the delays are shorter. */
  readonly median: Duration
  /** How far they scatter: the standard deviation of the logarithm; 0 for not at all. */
  readonly sigma: number
  /** No delay is longer. */
  readonly max: Duration
}

/** Makes a fault that waits at a place for as long as is drawn for this reply. */
function waiting(
  name: string,
  args: readonly unknown[],
  position: Position | undefined,
  draw: (random: () => number) => number,
): Fault {
  const here = at(position ?? 'start')
  return defineDeliveryFault(name, args, (effect, { random }): DeliveryTransform => {
    const ms = draw(random)
    return here(async function* (rest) {
      yield effect
      yield { type: 'wait', ms }
      yield* rest
    })
  })
}

/**
 * Waits before the reply, or at a place inside it. Servers take long over very large maildrops (M74), and Thunderbird waits three seconds for an
 * answer to QUIT and no longer (M69).
 *
 * @param duration How long, on the server's clock.
 * @param position Where; without it before the first octet.
 * @throws {Pop3ArgumentError} When the duration or the position cannot be.
 */
export function slow(duration: Duration, position?: Position): Fault {
  const ms = parseDuration(duration)
  return waiting('slow', [duration, position], position, () => ms)
}

/**
 * Waits for a time between two limits, all of them equally likely and drawn from the server's seed: no two listings of a very large maildrop take
 * equally long (M74).
 *
 * @param position Where; without it before the first octet.
 * @throws {Pop3ArgumentError} When a duration or the position cannot be, or the limits are the wrong way round.
 */
export function slowBetween(min: Duration, max: Duration, position?: Position): Fault {
  const [least, most] = [parseDuration(min), parseDuration(max)]
  if (most < least) refuse(max, 'the longest delay', `no less than the shortest, ${least} ms`)
  return waiting('slowBetween', [min, max, position], position, (random) =>
    Math.round(least + random() * (most - least)),
  )
}

/**
 * Waits for a time as networks have it: mostly near the median, sometimes much longer, drawn from the server's seed: a server with very large maildrops
 * (M74) answers like that.
 *
 * @param position Where; without it before the first octet.
 * @throws {Pop3ArgumentError} When a duration or the position cannot be, or `sigma` is negative.
 */
export function slowLognormal(delay: LognormalDelay, position?: Position): Fault {
  membersOf(delay, 'a lognormal delay', ['median', 'sigma', 'max'])
  const [median, max] = [parseDuration(delay.median), parseDuration(delay.max)]
  const sigma = delay.sigma === 0 ? 0 : positiveNumber(delay.sigma, 'the sigma of a lognormal delay')
  return waiting('slowLognormal', [delay, position], position, (random) =>
    Math.min(max, Math.round(median * Math.exp(sigma * normal(random)))),
  )
}

/** A number of the standard normal distribution (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/**
 * Says nothing more from a place on, and keeps the connection open until the client goes. A silence after a command with the connection
 * open blocked all accounts of Thunderbird (M64); CAPA hung at some servers (M51).
 *
 * @param position Where; without it before the first octet.
 * @throws {Pop3ArgumentError} When the position cannot be.
 */
export function stall(position?: Position): Fault {
  const here = at(position ?? 'start')
  return defineDeliveryFault('stall', [position], (effect) =>
    here(async function* () {
      yield effect
      yield { type: 'stall' }
    }),
  )
}
