/** Faults of logins: challenges of SASL that do not look like one (RFC 5034 section 4). */
import { oneLine } from './arguments.ts'
import { type Fault, defineFault } from './fault.ts'

/**
 * Puts something else where a challenge begins with `+ `. `+`: an empty challenge without its blank, as Exchange sends it; `+OK`: that, and what the
 * challenge says; any other text: the whole line, as servers do that ask in words (M57).
 *
 * @throws {Pop3ArgumentError} When it is not one line.
 */
export function challenge(line: '+' | '+OK' | (string & {})): Fault {
  oneLine(line, 'a challenge')
  return defineFault('challenge', [line], async (_context, next) => {
    const honest = await next()
    if (!/^\+( |$)/.test(honest.status)) return undefined
    const said = honest.status.slice(2)
    const other = line === '+' || line === '+OK' ? [line, said].join(' ').trimEnd() : line
    return other === honest.status ? undefined : { ...honest, status: other, ok: other === '+OK' }
  })
}
