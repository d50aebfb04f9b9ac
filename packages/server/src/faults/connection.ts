/** Faults of the connection: it ends where it should not. */
import type { Step } from '../reply/delivery.ts'
import { type Position, at } from '../reply/position.ts'
import { reply } from '../reply/reply.ts'
import { position } from './arguments.ts'
import { type Behaviour, type FaultMaker, answering, defineFault, delivering } from './fault.ts'

/** Ends the connection in its manner at a place: what lies before it arrives. */
function ending(place: Position, step: Step): Behaviour {
  const here = at(place)
  return delivering((effect) =>
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
export const refuse: FaultMaker<[]> = defineFault('refuse', [], () => answering(() => reply.reset()))

/**
 * Closes the connection at a place inside the reply: what lies before it arrives, then the end. Servers that close in
 * mid-session: M65, M66. curl calls half a message a success.
 *
 * @param position Where; `{ octet: 1200 }` lets 1200 octets of the reply through, status line included.
 */
export const cut: FaultMaker<[position: Position]> = defineFault('cut', [position], (place) =>
  ending(place, { type: 'close' }),
)

/**
 * Closes the connection at a place like {@link cut}, and under TLS without saying so: no close_notify, as when somebody between the two cuts
 * the line (RFC 8446 section 6.1). A client that does not look for it takes what came for the whole.
 */
export const cutSilently: FaultMaker<[position: Position]> = defineFault('cutSilently', [position], (place) =>
  ending(place, { type: 'close', silently: true }),
)

/**
 * Resets the connection at a place inside the reply, when the client has read what lies before it: the client sees `ECONNRESET`. Servers that
 * drop clients in mid-session: M66.
 */
export const reset: FaultMaker<[position: Position]> = defineFault('reset', [position], (place) =>
  ending(place, { type: 'reset' }),
)

/**
 * Closes the server's half of the connection at a place inside the reply and goes on reading until the client closes: a client that waits for
 * more than the end of what it reads never notices (M65, M66).
 */
export const halfClose: FaultMaker<[position: Position]> = defineFault('halfClose', [position], (place) =>
  ending(place, { type: 'halfClose' }),
)

/**
 * Closes the connection behind the whole reply. free.fr and others do it behind a login that fails (M55), Gmail behind a command it does not
 * know (M52), Hotmail behind `-ERR` (M67).
 */
export const hangUp: FaultMaker<[]> = defineFault('hangUp', [], () => ending('end', { type: 'close' }))
