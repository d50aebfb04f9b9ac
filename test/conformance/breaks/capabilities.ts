import { pop3, reply } from '@pop3kit/server'
import type { Break } from '../mock.ts'
import { afterLogin, beforeLogin, exactly, refuses, rewrite, when } from '../wrong.ts'

/** CAPA, changed. */
const capa = (change: (text: string) => string): Break => ({ handlers: () => [pop3.capa(rewrite(change))] })

/** CAPA without a capability. */
const without = (tag: string): Break => capa((text) => text.replace(new RegExp(`\r\n${tag}( .*)?(?=\r\n)`), ''))

/** CAPA with one more. */
const more = (line: string): Break => capa((text) => text.replace(/\.\r\n$/, `${line}\r\n.\r\n`))

/** -ERR in place of -ERR, with another code. */
const refusal = (code: string): Break => ({ handlers: () => [pop3.list(5, () => reply.err('no', { code }))] })

export const capabilities: Readonly<Record<string, Break>> = {
  'capa-both-states': { handlers: () => [pop3.capa(when(afterLogin, refuses))] },
  'capa-lines': capa((text) => text.replace('\r\nTOP', '\r\n\r\nTOP')),
  'capa-kept': {
    handlers: () => [
      pop3.capa(
        when(
          afterLogin,
          rewrite((text) => text.replace('\r\nLANG', '')),
        ),
      ),
    ],
  },
  'capa-without-apop': more('APOP'),
  'login-delay': more('LOGIN-DELAY 10'),
  expire: capa((text) => text.replace('EXPIRE NEVER', 'EXPIRE soon')),
  'capa-mirrors-top': without('TOP'),
  'capa-mirrors-uidl': without('UIDL'),
  'capa-mirrors-user': without('USER'),
  implementation: capa((text) => text.replace('IMPLEMENTATION pop3kit', 'IMPLEMENTATION')),
  'brackets-without-codes': {
    handlers: () => [
      pop3.capa(rewrite((text) => text.replace('\r\nRESP-CODES\r\nAUTH-RESP-CODE', ''))),
      pop3.noop(
        '',
        when(afterLogin, () => exactly('+OK [nothing] done\r\n')),
      ),
    ],
  },
  'code-grammar': {
    handlers: () => [
      pop3.noop(
        '',
        when(afterLogin, () => exactly('+OK [nothing done\r\n')),
      ),
    ],
  },
  'code-login-delay': refusal('LOGIN-DELAY'),
  'code-in-use': {
    handlers: () => [
      pop3.pass(async (_context, next) => ((await next()).code === 'IN-USE' ? reply.err('locked') : undefined)),
    ],
  },
  'code-in-use-login': {
    handlers: (server) => [
      pop3.pass(/^not-/, () => (server.maildrop('alice').locked ? reply.err('locked', { code: 'IN-USE' }) : undefined)),
    ],
  },
  'code-sys': {
    handlers: () => [
      pop3.noop(
        '',
        when(afterLogin, () => reply.ok('slow', { code: 'SYS/TEMP' })),
      ),
    ],
  },
  'code-auth': {
    handlers: () => [
      pop3.pass(
        /^not-/,
        rewrite((text) => text.replace('[AUTH] ', '')),
      ),
    ],
  },
  'code-auth-elsewhere': refusal('AUTH'),
  'code-utf8': {
    handlers: () => [
      pop3.noop(
        when(
          beforeLogin,
          rewrite(() => '-ERR [UTF8] no\r\n'),
        ),
      ),
    ],
  },
}
