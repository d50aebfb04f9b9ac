import { pop3, reply, type HandlerContext, type Pop3Server } from '@pop3kit/server'
import type { Break } from '../mock.ts'
import {
  afterLogin,
  argumentOf,
  fine,
  hasMarked,
  login,
  onlySaid,
  refuses,
  rewrite,
  said,
  twice,
  when,
} from '../wrong.ts'

/** Of the messages of the mock: the smallest, the last, and none. */
const smallest = 3
const first = 1
const last = 4
const missing = 5

/** Whether the session before this one said these lines, and then went away. */
const sessionBeforeSaid =
  (server: Pop3Server, ...lines: readonly string[]) =>
  ({ session }: HandlerContext): boolean =>
    server.sessions[session.id - 2]?.commands.join() === [...login, ...lines].join()

/** LIST without its first line. */
const oneLost = rewrite((text) => text.replace(/\r\n\d+ \d+/, ''))

/** A message that is marked is treated as if it were not. */
const asIfThere =
  (server: Pop3Server, answer: string) =>
  (context: HandlerContext): ReturnType<typeof fine> =>
    hasMarked(server)(context) ? reply.ok(answer) : undefined

export const transaction: Readonly<Record<string, Break>> = {
  numbering: {
    handlers: () => [
      pop3.list(
        '',
        rewrite((text) => text.replace(/\r\n4 /, '\r\n5 ')),
      ),
    ],
    alone: 'no message has the number that LIST gives it',
  },
  'stat-format': { handlers: () => [pop3.stat(rewrite((text) => text.replace('+OK ', '+OK  ')))] },
  'stat-totals': {
    handlers: () => [pop3.stat(rewrite((text) => text.replace(/\d+\r\n/, (octets) => `${Number(octets) + 1}\r\n`)))],
  },
  'list-format': {
    handlers: () => [
      pop3.list(
        '',
        rewrite((text) => text.replace(/\r\n1 /, '\r\n1  ')),
      ),
    ],
  },
  'list-one': {
    handlers: () => [
      pop3.list(
        /^\d$/,
        rewrite((text) => text.replace(/^\+OK \d+/, '+OK')),
      ),
    ],
  },
  'list-none': { handlers: () => [pop3.list(missing, fine)] },
  size: {
    // The line end that RETR adds to message 2 is not counted, as on Dovecot, Courier and Cyrus (M21).
    handlers: () => [
      pop3.list(
        2,
        rewrite((text) => text.replace(/ (\d+)\r/, (_, octets) => ` ${octets - 2}\r`)),
      ),
      pop3.list(
        '',
        rewrite((text) => text.replace(/\r\n2 (\d+)/, (_, octets) => `\r\n2 ${octets - 2}`)),
      ),
      pop3.stat(rewrite((text) => text.replace(/ (\d+)\r/, (_, octets) => ` ${octets - 2}\r`))),
    ],
  },
  retr: {
    handlers: () => [
      pop3.retr(
        first,
        rewrite((text) => text.replace('second', 'SECOND')),
      ),
      pop3.top(
        first,
        rewrite((text) => text.replace('second', 'SECOND')),
      ),
    ],
  },
  'retr-none': { handlers: () => [pop3.retr(missing, fine)] },
  noop: { handlers: (server) => [pop3.noop(when(onlySaid(server, ...login, 'NOOP'), refuses))] },
  'rset-once': { handlers: (server) => [pop3.rset(when(onlySaid(server, ...login, 'RSET'), twice))] },
  'retr-removes-nothing': {
    handlers: (server) => [pop3.list('', when(sessionBeforeSaid(server, 'LIST', `RETR ${smallest}`), oneLost))],
  },
  'numbers-stay': {
    // Those that are left are numbered from 1 on, as WildDuck does (D10).
    handlers: (server) => [
      pop3.list(
        '',
        when(
          hasMarked(server),
          rewrite((text) => {
            let number = 0
            return text.replaceAll(/(?<=\r\n)\d+ /g, () => `${++number} `)
          }),
        ),
      ),
    ],
  },
  'stat-without-marked': {
    handlers: (server) => [
      pop3.stat(
        when(hasMarked(server), async (context) => {
          const sizes = await Promise.all((context.maildrop?.messages ?? []).map(async (message) => message.size()))
          return reply.ok(`${sizes.length} ${sizes.reduce((sum, { octets }) => sum + octets, 0)}`)
        }),
      ),
    ],
  },
  'list-without-marked': {
    handlers: (server) => [
      pop3.list(
        '',
        when(
          (context) => said(server, context).filter((line) => line.startsWith('DELE')).length > 2,
          () => reply.ok('', { lines: ['1 68'] }),
        ),
      ),
    ],
  },
  'list-marked': { handlers: (server) => [pop3.list(/\d/, asIfThere(server, '3 40'))] },
  'retr-marked': { handlers: (server) => [pop3.retr(/^[34]$/, asIfThere(server, ''))] },
  'dele-marked': {
    handlers: (server) => [
      pop3.dele(
        when(
          (context) => said(server, context).filter((line) => line === `DELE ${argumentOf(context)}`).length === 2,
          fine,
        ),
      ),
    ],
  },
  'dele-none': { handlers: () => [pop3.dele(missing, fine)] },
  'dele-surplus': { handlers: () => [pop3.dele(/ /, fine)] },
  'rset-unmarks': { handlers: () => [pop3.rset(when(afterLogin, fine))] },
  'top-header': {
    handlers: () => [
      pop3.top(
        / 0$/,
        rewrite((text) => text.replace(/\r\n\.\r\n$/, '\r\nbody\r\n.\r\n')),
      ),
    ],
  },
  'top-lines': {
    handlers: () => [
      pop3.top(
        / 3$/,
        rewrite((text) => text.replace(/\r\n\.\r\n$/, '\r\nbody\r\n.\r\n')),
      ),
    ],
  },
  'top-whole': {
    handlers: () => [
      pop3.top(
        / 99999$/,
        rewrite((text) => text.replace(/\r\n[^\r]+\r\n\.\r\n$/, '\r\n.\r\n')),
      ),
    ],
  },
  'top-arguments': { handlers: () => [pop3.top(/ -1$/, fine)] },
  'top-none': { handlers: () => [pop3.top(missing, fine)] },
  'top-marked': { handlers: (server) => [pop3.top(/^[34] 0$/, asIfThere(server, ''))] },
  'uidl-format': { handlers: () => [pop3.uidl(rewrite((text) => text.replace('uid-1', `uid-1${'x'.repeat(66)}`)))] },
  'uidl-all': {
    handlers: () => [
      pop3.uidl(
        '',
        rewrite((text) => text.replace(/\.\r\n$/, '9 uid-9\r\n.\r\n')),
      ),
    ],
  },
  'uidl-one': {
    handlers: () => [
      pop3.uidl(
        /^\d$/,
        rewrite((text) => text.replace(/^\+OK \d+/, '+OK')),
      ),
    ],
  },
  'uidl-none': { handlers: () => [pop3.uidl(missing, fine)] },
  'uidl-marked': { handlers: (server) => [pop3.uidl(/\d/, asIfThere(server, '3 uid-3'))] },
  'uidl-stays': {
    handlers: () => [
      pop3.uidl(async (context, next) =>
        rewrite((text) => text.replaceAll('uid-', `uid-${context.session.id}-`))(context, next),
      ),
    ],
  },
  'quit-after-login': {
    handlers: (server) => [pop3.quit(when(afterLogin, when(onlySaid(server, ...login, 'QUIT'), twice)))],
  },
  'quit-removes': {
    // DELE says +OK and does nothing (M41).
    handlers: (server) => [pop3.dele(when(onlySaid(server, ...login, 'LIST', `DELE ${last}`), fine))],
  },
  'close-removes-nothing': {
    tcp: true,
    handlers: (server) => [pop3.list('', when(endedBefore(server, 'end'), oneLost))],
  },
  'reset-removes-nothing': {
    tcp: true,
    handlers: (server) => [pop3.list('', when(endedBefore(server, 'reset'), oneLost))],
  },
}

/** Whether the session before this one marked a message and ended in this way. */
function endedBefore(server: Pop3Server, how: 'end' | 'reset') {
  return ({ session }: HandlerContext): boolean => {
    const before = server.sessions[session.id - 2]
    return (
      before?.commands.join() === [...login, 'LIST', `DELE ${smallest}`].join() &&
      before.entries.some((entry) => entry.type === 'close' && entry.how === how)
    )
  }
}
