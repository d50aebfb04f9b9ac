import { pop3, reply, type HandlerContext, type Pop3Server } from '@pop3kit/server'
import type { Break } from '../mock.ts'
import {
  afterLogin,
  argumentOf,
  beforeLogin,
  fine,
  hangsUp,
  onlySaid,
  refuses,
  rewrite,
  said,
  thenClose,
  twice,
  when,
} from '../wrong.ts'

const fiveMinutes = 300_000

/** Whether nothing was said for more than five minutes before this command. */
const wasIdle =
  (server: Pop3Server, isState: (context: HandlerContext) => boolean) =>
  (context: HandlerContext): boolean => {
    const entries = server.sessions[context.session.id - 1]?.entries ?? []
    const sent = entries.findLast(({ type }) => type === 'sent')
    return isState(context) && server.clock.now() - (sent?.at ?? 0) > fiveMinutes
  }

export const authorization: Readonly<Record<string, Break>> = {
  'idle-before-login': { handlers: (server) => [pop3.any(when(wasIdle(server, beforeLogin), hangsUp))] },
  'idle-after-login': {
    handlers: (server) => [pop3.any(when(wasIdle(server, afterLogin), hangsUp))],
  },
  'idle-close': {
    handlers: () => [pop3.idle(when(afterLogin, () => thenClose(reply.err('Autologout'))))],
  },
  lock: { maildrop: { policies: { lock: 'shared', expunged: 'gone' } } },
  'lock-refusal': {
    handlers: (server) => [
      pop3.quit(when((context) => beforeLogin(context) && said(server, context).includes('PASS ***'), refuses)),
    ],
  },
  'user-twice': {
    handlers: (server) => [
      pop3.user(when((context) => said(server, context).at(-2)?.startsWith('USER') === true, fine)),
    ],
  },
  'user-after-failure': {
    // Both answers, as CPython's test server sends them (D6).
    handlers: (server) => [
      pop3.pass(
        when(
          onlySaid(server, 'USER alice', 'PASS ***'),
          when((context) => argumentOf(context).startsWith('not-'), twice),
        ),
      ),
    ],
  },
  'pass-without-user': { handlers: (server) => [pop3.pass(when(onlySaid(server, 'PASS ***'), fine))] },
  'pass-after-other-command': {
    handlers: (server) => [pop3.pass(when(onlySaid(server, 'USER alice', 'NOOP', 'PASS ***'), fine))],
  },
  'pass-whole-line': { handlers: () => [pop3.pass(/ more$/, fine)] },
  'pass-trailing-space': { handlers: () => [pop3.pass(/ $/, fine)] },
  'apop-timestamp': {
    handlers: () => [pop3.greeting(rewrite((text) => text.replace(/<.*>/, '<1.2@host>')))],
    also: ['apop-login', 'apop-wrong'],
  },
  'apop-login': { handlers: (server) => [pop3.apop(when((context) => said(server, context).length === 1, refuses))] },
  'apop-wrong': {
    handlers: () => [pop3.apop(async (_context, next) => ((await next()).ok ? undefined : reply.close()))],
  },
  'apop-or-pass': { handlers: () => [pop3.pass('tanstaaf', fine)] },
}
