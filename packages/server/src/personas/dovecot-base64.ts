/**
 * How Dovecot reads base64. The login process looks at the characters of a response before the authentication process decodes it, but
 * not at those of an initial response, where white space may stand. The last bits need not be zero (R77).
 */
import { cString } from './dovecot-command.ts'
import type { PersonaSasl } from './persona.ts'

const groups = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

export const dovecotBase64: NonNullable<PersonaSasl['base64']> = (text, refusal) => {
  const isInitial = refusal === 'auth.initialBase64'
  const digits = isInitial ? cString(text).replaceAll(/[ \t\r\n]/g, '') : cString(text)
  if (groups.test(digits)) return Buffer.from(digits, 'base64')
  return isInitial || /[^A-Za-z0-9+/=]/.test(digits) ? refusal : 'auth.unfinished'
}
