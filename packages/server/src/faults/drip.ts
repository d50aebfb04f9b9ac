/** Faults of speed: a reply that comes little by little. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import { above0, duration, whole } from './arguments.ts'
import { type FaultMaker, defineFault, delivering } from './fault.ts'
import { members } from './kind.ts'
import { apartAt, every } from './pieces.ts'

/**
 * Sends so many octets at a time, with a pause between: curl's suite has a LIST from a server that is slow at every octet (its case 853). A client
 * whose timeout begins anew with each octet waits for hours.
 *
 * @param options `octets`: the octets of a piece; `every`: the pause, on the server's clock. The first piece goes out at once.
 */
export const drip: FaultMaker<[options: { readonly octets: number; readonly every: Duration }]> = defineFault(
  'drip',
  [members('a drip', { octets: whole('the octets of a drip', 1), every: duration })],
  (options) => {
    const ms = parseDuration(options.every)
    return delivering((effect) => apartAt(effect, every(options.octets), () => ({ type: 'wait', ms })))
  },
)

/** How many pieces a second a slow line is made of, where it is fast enough. */
const piecesPerSecond = 10

/**
 * Sends no more than so many octets a second, in ten pieces a second or an octet at a time: a slow line, over which a message takes
 * longer than a timeout that was meant for a command.
 */
export const bandwidth: FaultMaker<[octetsPerSecond: number]> = defineFault(
  'bandwidth',
  [above0('octets a second')],
  (octetsPerSecond) => {
    const octets = Math.ceil(octetsPerSecond / piecesPerSecond)
    const msOfPiece = (octets * 1000) / octetsPerSecond
    return delivering((effect) => {
      let pieces = 0
      // Whole milliseconds, and over the whole reply none too many.
      const due = (): number => Math.round(pieces * msOfPiece)
      return apartAt(effect, every(octets), () => {
        const before = due()
        pieces += 1
        return { type: 'wait', ms: due() - before }
      })
    })
  },
)
