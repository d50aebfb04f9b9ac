/** Faults of the framing of multi-line replies. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { type Fault, defineDeliveryFault } from './fault.ts'

/**
 * Changes the terminator of a multi-line reply. `missing`: it never comes, and the connection stays open, as clients see it when
 * a server dies behind a proxy; every one of 22 clients waits on (CLIENTS-UNDER-FAULT, noterm-open).
 *
 * @throws {Pop3ArgumentError} When the manner is not one of those.
 */
export function terminator(manner: 'missing'): Fault {
  if (manner !== 'missing') {
    throw new Pop3ArgumentError(`Cannot change the terminator to "${String(manner)}": expected 'missing'`)
  }
  return defineDeliveryFault(
    'terminator',
    [manner],
    (fault) =>
      async function* (steps) {
        for await (const step of steps) {
          if (step.type === 'write' && step.part === 'terminator') yield { type: 'fault', name: fault }
          else yield step
        }
      },
  )
}
