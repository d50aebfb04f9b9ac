/** Faults of the reply itself. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { reply } from '../reply/reply.ts'
import { type Fault, defineFault } from './fault.ts'

/**
 * Refuses: `-ERR` in place of whatever the server would have answered, and the command is not carried out. Gmail and Zoho do it
 * to LIST, UIDL, RETR and DELE when a daily quota is used up (M62); a listed message that cannot be fetched is M37.
 *
 * @param text What stands behind `-ERR`.
 * @throws {Pop3ArgumentError} When text or code hold a line end.
 */
export function err(text = 'refused', { code }: { readonly code?: string | undefined } = {}): Fault {
  for (const words of [text, code ?? '']) {
    if (/[\r\n]/.test(words)) {
      throw new Pop3ArgumentError(`Cannot refuse with ${JSON.stringify(words)}: expected one line without its end`)
    }
  }
  return defineFault('err', [text, code === undefined ? undefined : { code }], () => reply.err(text, { code }))
}
