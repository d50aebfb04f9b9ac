/** Faults of time, on the server's clock: before a reply, or at a place inside it. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import { type Position, at } from '../reply/position.ts'
import { duration, from0, position } from './arguments.ts'
import { type Behaviour, type FaultMaker, defineFault, delivering } from './fault.ts'
import { members, optional, refuse } from './kind.ts'

/** A delay that is drawn anew each time. */
export interface LognormalDelay {
  /** Half of the delays are shorter. */
  readonly median: Duration
  /** How far they scatter: the standard deviation of the logarithm; 0 for not at all. */
  readonly sigma: number
  /** No delay is longer. */
  readonly max: Duration
}

/** Waits at a place for as long as is drawn for this reply. */
function waiting(place: Position, draw: (random: () => number) => number): Behaviour {
  const here = at(place)
  return delivering((effect, { random }) => {
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
 */
export const slow: FaultMaker<[duration: Duration, position?: Position]> = defineFault(
  'slow',
  [duration, optional(position, 'start')],
  (delay, place) => {
    const ms = parseDuration(delay)
    return waiting(place, () => ms)
  },
)

/**
 * Waits for a time between two limits, all of them equally likely and drawn from the server's seed: no two listings of a very large maildrop take
 * equally long (M74).
 *
 * @param position Where; without it before the first octet.
 */
export const slowBetween: FaultMaker<[min: Duration, max: Duration, position?: Position]> = defineFault(
  'slowBetween',
  [duration, duration, optional(position, 'start')],
  (min, max, place) => {
    const [least, most] = [parseDuration(min), parseDuration(max)]
    if (most < least) refuse(max, 'the longest delay', [`no less than the shortest, ${least} ms`])
    return waiting(place, (random) => Math.round(least + random() * (most - least)))
  },
)

/**
 * Waits for a time as networks have it: mostly near the median, sometimes much longer, drawn from the server's seed: a server with very large maildrops
 * (M74) answers like that.
 *
 * @param position Where; without it before the first octet.
 */
export const slowLognormal: FaultMaker<[delay: LognormalDelay, position?: Position]> = defineFault(
  'slowLognormal',
  [
    members('a lognormal delay', { median: duration, sigma: from0('the sigma of a lognormal delay'), max: duration }),
    optional(position, 'start'),
  ],
  ({ median, sigma, max }, place) => {
    const [half, most] = [parseDuration(median), parseDuration(max)]
    return waiting(place, (random) => Math.min(most, Math.round(half * Math.exp(sigma * normal(random)))))
  },
)

/** A number of the standard normal distribution (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/**
 * Says nothing more from a place on, and keeps the connection open until the client goes. A silence after a command with the connection
 * open blocked all accounts of Thunderbird (M64); CAPA hung at some servers (M51).
 *
 * @param position Where; without it before the first octet.
 */
export const stall: FaultMaker<[position?: Position]> = defineFault('stall', [optional(position, 'start')], (place) => {
  const here = at(place)
  return delivering((effect) =>
    here(async function* () {
      yield effect
      yield { type: 'stall' }
    }),
  )
})
