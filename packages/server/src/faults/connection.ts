/** Faults of the connection. */
import { type Position, at } from '../reply/position.ts'
import { type Fault, defineDeliveryFault } from './fault.ts'

/**
 * Closes the connection at a place inside the reply: what lies before it arrives, then the end. Servers that close in
 * mid-session: M65, M66. curl calls half a message a success.
 *
 * @param position Where; `{ octet: 1200 }` lets 1200 octets of the reply through, status line included.
 * @throws {Pop3ArgumentError} When the position cannot be.
 */
export function cut(position: Position): Fault {
  return defineDeliveryFault('cut', [position], (fault) =>
    at(position, async function* () {
      yield { type: 'fault', name: fault }
      yield { type: 'close' }
    }),
  )
}
