/** Faults of logins: challenges of SASL that do not look like one (RFC 5034 section 4). */
import { line } from './arguments.ts'
import { type FaultMaker, answering, defineFault } from './fault.ts'

/**
 * Puts something else where a challenge begins with `+ `. `+`: an empty challenge without its blank, as Exchange sends it; `+OK`: that, and what the
 * challenge says; any other text: the whole line, as servers do that ask in words (M57).
 */
export const challenge: FaultMaker<[line: '+' | '+OK' | (string & {})]> = defineFault(
  'challenge',
  [line('a challenge')],
  (words) =>
    answering(async (_context, next) => {
      const honest = await next()
      if (!/^\+( |$)/.test(honest.status)) return undefined
      const said = honest.status.slice(2)
      const other = words === '+' || words === '+OK' ? [words, said].join(' ').trimEnd() : words
      return other === honest.status ? undefined : { ...honest, status: other, ok: other === '+OK' }
    }),
)
