/** Faults of speed: a reply that comes little by little. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import { membersOf, positiveNumber, wholeNumber } from './arguments.ts'
import { type Fault, defineDeliveryFault } from './fault.ts'
import { apartAt, every } from './pieces.ts'

/**
 * Sends so many octets at a time, with a pause between: curl's suite has a LIST from a server that is slow at every octet (its case 853). A client
 * whose timeout begins anew with each octet waits for hours.
 *
 * @param options `octets`: the octets of a piece; `every`: the pause, on the server's clock. The first piece goes out at once.
 * @throws {Pop3ArgumentError} When the octets are no whole number from 1 up, or the pause is no duration.
 */
export function drip(options: { readonly octets: number; readonly every: Duration }): Fault {
  membersOf(options, 'a drip', ['octets', 'every'])
  const octets = wholeNumber(options.octets, 'the octets of a drip', 1)
  const ms = parseDuration(options.every)
  return defineDeliveryFault('drip', [options], (effect) =>
    apartAt(effect, every(octets), () => ({ type: 'wait', ms })),
  )
}

/** How many pieces a second a slow line is made of, where it is fast enough. */
const piecesPerSecond = 10

/**
 * Sends no more than so many octets a second, in ten pieces a second or an octet at a time: a slow line, over which a message takes
 * longer than a timeout that was meant for a command.
 *
 * @throws {Pop3ArgumentError} When it is no number above 0.
 */
export function bandwidth(octetsPerSecond: number): Fault {
  positiveNumber(octetsPerSecond, 'octets a second')
  const octets = Math.ceil(octetsPerSecond / piecesPerSecond)
  const msOfPiece = (octets * 1000) / octetsPerSecond
  return defineDeliveryFault('bandwidth', [octetsPerSecond], (effect) => {
    let pieces = 0
    // Whole milliseconds, and over the whole reply none too many.
    const due = (): number => Math.round(pieces * msOfPiece)
    return apartAt(effect, every(octets), () => {
      const before = due()
      pieces += 1
      return { type: 'wait', ms: due() - before }
    })
  })
}
