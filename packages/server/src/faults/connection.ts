/** Faults of the connection: it ends where it should not. */
import type { Step } from '../reply/delivery.ts'
import { type Position, at } from '../reply/position.ts'
import { reply } from '../reply/reply.ts'
import { type Fault, defineDeliveryFault, defineFault } from './fault.ts'

/** Makes a fault that ends the connection in its manner at a place: what lies before it arrives. */
function ending(name: string, args: readonly unknown[], position: Position, step: Step): Fault {
  const here = at(position)
  return defineDeliveryFault(name, args, (effect) =>
    here(async function* () {
      yield effect
      yield step
    }),
  )
}

/**
 * Resets the connection without a word, and nothing is carried out. At `pop3.connection` it is a server that takes nobody; a proxy in front of a
 * dead server does it. OVH cuts the line of clients that log in more often than once a minute (M60).
 */
export function refuse(): Fault {
  return defineFault('refuse', [], () => reply.reset())
}

/**
 * Closes the connection at a place inside the reply: what lies before it arrives, then the end. Servers that close in
 * mid-session: M65, M66. curl calls half a message a success.
 *
 * @param position Where; `{ octet: 1200 }` lets 1200 octets of the reply through, status line included.
 * @throws {Pop3ArgumentError} When the position cannot be.
 */
export function cut(position: Position): Fault {
  return ending('cut', [position], position, { type: 'close' })
}

/**
 * Resets the connection at a place inside the reply, when the client has read what lies before it: the client sees `ECONNRESET`. Servers that
 * drop clients in mid-session: M66.
 *
 * @throws {Pop3ArgumentError} When the position cannot be.
 */
export function reset(position: Position): Fault {
  return ending('reset', [position], position, { type: 'reset' })
}

/**
 * Closes the server's half of the connection at a place inside the reply and goes on reading until the client closes: a client that waits for
 * more than the end of what it reads never notices (M65, M66).
 *
 * @throws {Pop3ArgumentError} When the position cannot be.
 */
export function halfClose(position: Position): Fault {
  return ending('halfClose', [position], position, { type: 'halfClose' })
}

/**
 * Closes the connection behind the whole reply. free.fr and others do it behind a login that fails (M55), Gmail behind a command it does not
 * know (M52), Hotmail behind `-ERR` (M67).
 */
export function hangUp(): Fault {
  return ending('hangUp', [], 'end', { type: 'close' })
}
