import { pop3, reply, type HandlerContext, type Pop3Server } from '@pop3kit/server'
import type { Break } from '../mock.ts'
import { linesCut } from '../between.ts'
import {
  afterLogin,
  argumentOf,
  exactly,
  fine,
  hangsUp,
  onlySaid,
  refuses,
  rewrite,
  said,
  twice,
  when,
} from '../wrong.ts'

/** Whether a response belongs to an exchange of this mechanism. */
const exchanges =
  (server: Pop3Server, mechanism: string) =>
  (context: HandlerContext): boolean =>
    said(server, context).at(-1) === `AUTH ${mechanism}`

/** Whether the response was the `*` that ends an exchange. */
const isCancelled =
  (server: Pop3Server) =>
  ({ session }: HandlerContext): boolean => {
    const response = server.sessions[session.id - 1]?.entries.findLast((entry) => entry.type === 'response')
    return response?.line === '*'
  }

/** Says +OK where the server is about to say this. */
const acceptsInPlaceOf = (text: string): Break => ({
  handlers: () => [
    pop3.response(async (_context, next) => ((await next()).text.includes(text) ? reply.ok() : undefined)),
  ],
})

/** Refuses who is about to be let in with this mechanism. */
const refusesAll = (mechanism: string): Break => ({
  handlers: (server) => [
    pop3.response(
      when(exchanges(server, mechanism), async (_context, next) => ((await next()).ok ? reply.err('no') : undefined)),
    ),
  ],
})

/** Lets in whom it is about to refuse with this mechanism. */
const acceptsAll = (mechanism: string): Break => ({
  handlers: (server) => [
    pop3.response(
      when(exchanges(server, mechanism), async (context, next) => {
        const answer = await next()
        return answer.status === '-ERR' && !isCancelled(server)(context) ? reply.ok() : undefined
      }),
    ),
  ],
})

const isResponse = (chunk: string): boolean => /^[\w+/=]+\r\n$/.test(chunk)

const decoded = (context: HandlerContext): string =>
  Buffer.from(argumentOf(context).replace(/^\S+ /, ''), 'base64').toString('latin1')

export const sasl: Readonly<Record<string, Break>> = {
  'sasl-mechanisms': { handlers: () => [pop3.capa(rewrite((text) => text.replace('SASL ', 'SASL SCRAM-SHA-512 ')))] },
  'sasl-kept': {
    handlers: (server) => [
      pop3.capa(
        when(
          (context) => said(server, context)[0]?.startsWith('AUTH') === true && afterLogin(context),
          rewrite((text) => text.replace(/\r\nSASL .*/, '')),
        ),
      ),
    ],
  },
  'auth-initial-response': {
    handlers: (server) => [pop3.auth(/^PLAIN ./, when(onlySaid(server, 'AUTH PLAIN ***'), refuses))],
  },
  'auth-challenge': {
    handlers: () => [
      pop3.auth(
        'PLAIN',
        rewrite((text) => text.replace('+ \r\n', '+\r\n')),
      ),
    ],
  },
  'auth-continuation': refusesAll('PLAIN'),
  'auth-cancel': { handlers: (server) => [pop3.response(when(isCancelled(server), fine))] },
  'auth-base64': acceptsInPlaceOf('not base64'),
  'auth-undecodable': acceptsInPlaceOf('not one of this mechanism'),
  'auth-failure': { handlers: (server) => [pop3.stat(when(onlySaid(server, 'AUTH PLAIN ***', 'STAT'), fine))] },
  'auth-unknown': { handlers: () => [pop3.auth('X-NOSUCH', hangsUp)] },
  'auth-unexpected-response': { handlers: () => [pop3.auth(/^CRAM-MD5 /, () => exactly('+ \r\n'))] },
  'auth-after-login': { handlers: () => [pop3.auth(when(afterLogin, () => exactly('+ \r\n')))] },
  'auth-long-response': {
    // Reads no longer line than it does elsewhere, as Cyrus splits what is too long.
    between: (stream) =>
      linesCut(stream, (chunk) =>
        isResponse(chunk) && chunk.length > 1000 ? `${chunk.slice(0, 1000)}\r\n${chunk.slice(1000)}` : chunk,
      ),
  },
  'auth-success': {
    handlers: (server) => [
      pop3.auth(
        /^PLAIN ./,
        when(onlySaid(server, 'AUTH PLAIN ***'), async (context, next) =>
          (await next()).ok ? twice(context, next) : undefined,
        ),
      ),
    ],
  },
  'plain-under-tls': {
    handlers: (server) => [pop3.auth(/^PLAIN ./, when(onlySaid(server, 'STLS', 'AUTH PLAIN ***'), refuses))],
  },
  'plain-authzid': {
    handlers: () => [
      pop3.auth(
        /^PLAIN ./,
        when((context) => decoded(context).startsWith('nobody'), fine),
      ),
    ],
  },
  'plain-length': {
    between: (stream) =>
      linesCut(stream, (chunk) => (isResponse(chunk) && chunk.length > 600 && chunk.length < 1000 ? undefined : chunk)),
  },
  xoauth2: refusesAll('XOAUTH2'),
  'xoauth2-wrong': acceptsAll('XOAUTH2'),
  oauthbearer: refusesAll('OAUTHBEARER'),
  'oauthbearer-wrong': acceptsAll('OAUTHBEARER'),
}
