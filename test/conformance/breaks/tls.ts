import { pop3, reply } from '@pop3kit/server'
import type { Break } from '../mock.ts'
import { linesCut, repliesCut } from '../between.ts'
import { afterLogin, fine, onlySaid, refuses, rewrite, said, when } from '../wrong.ts'

const capabilities = '+OK\r\nUSER\r\nTOP\r\n.\r\n'

/** Whether it is a ClientHello whose supported versions do not end with TLS 1.1 and 1.0. */
const isModernHello = (chunk: string): boolean =>
  chunk.startsWith('\x16\x03') && chunk[5] === '\x01' && !chunk.includes('\x03\x02\x03\x01')

/** The first octet of an alert of TLS 1.2. */
const alert = 0x15

export const tls: Readonly<Record<string, Break>> = {
  'stls-after-login': { handlers: () => [pop3.stls(when(afterLogin, fine))] },
  'stls-state': { handlers: (server) => [pop3.stat(when(onlySaid(server, 'STLS', 'STAT'), fine))] },
  stls: { handlers: () => [pop3.tls(() => reply.close())], also: ['tls-version'] },
  'stls-under-tls': { handlers: (server) => [pop3.stls(when(onlySaid(server, 'STLS', 'STLS'), fine))] },
  'stls-with-capa': { handlers: () => [pop3.capa(refuses)] },
  'stls-announced': {
    handlers: (server) => [
      pop3.capa(
        when(
          (context) => said(server, context).includes('STLS'),
          rewrite((text) => text.replace(/\.\r\n$/, 'STLS\r\n.\r\n')),
        ),
      ),
    ],
  },
  // As Courier 1.0.16 answers what was sent in clear (CVE-2011-0411).
  'stls-injection': {
    handlers: (server) => [
      pop3.quit(
        when(
          onlySaid(server, 'STLS', 'QUIT'),
          rewrite((text) => `${capabilities}${text}`),
        ),
      ),
    ],
  },
  'implicit-tls': {
    tls: 'implicit',
    handlers: (server) => [pop3.stat(when(onlySaid(server, 'STAT'), fine))],
    also: ['wrong-state-before-login'],
  },
  'close-notify': { between: (stream) => repliesCut(stream, (chunk) => (chunk[0] === alert ? undefined : chunk)) },
  'tls-version': {
    // Agrees on nothing with a client that does not offer TLS 1.0.
    between: (stream) => linesCut(stream, (chunk) => (isModernHello(chunk) ? undefined : chunk)),
  },
  'cleartext-login': {
    tls: 'starttls',
    handlers: (server) => [
      pop3.user(when(onlySaid(server, 'USER nobody-alice'), () => reply.err('nobody of that name'))),
    ],
  },
}
