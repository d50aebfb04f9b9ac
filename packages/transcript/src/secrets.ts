/** Lines of clients without what is secret in them. */
import { redactCommand } from '@pop3kit/codec'
import { isCommand } from './verbs.ts'

/** What stands for a secret. */
export const hidden = '***'

/** What gives up a SASL exchange (RFC 5034 section 4): no secret. */
const cancel = '*'

/**
 * A line of a SASL exchange.
 *
 * @param line - without its end
 */
export const hiddenResponse = (line: string): string => (line === cancel ? cancel : hidden)

/**
 * A line of which it is not known whether it is a command. A word alone that is no keyword may be a response of a SASL exchange, and what
 * stands behind one may be a secret whose keyword is misspelt.
 *
 * @param line - without its end
 */
export function withoutSecrets(line: string): string {
  const shown = redactCommand(line)
  if (shown !== line || isCommand(line) || line === '') return shown
  if (/^\S+$/.test(line)) return hiddenResponse(line)
  return line.replace(/^(\W*(?:PASS|[^ \t]*[ \t]+))[^]+$/i, `$1${hidden}`)
}
