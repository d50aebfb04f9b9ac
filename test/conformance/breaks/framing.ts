import { pop3, reply } from '@pop3kit/server'
import type { Break } from '../mock.ts'
import { linesCut } from '../between.ts'
import {
  afterLogin,
  argumentOf,
  beforeLogin,
  exactly,
  fine,
  hangsUp,
  lineOf,
  onlySaid,
  refuses,
  rewrite,
  twice,
  when,
} from '../wrong.ts'

/** What is to be wrong with NOOP, which nobody needs. */
const noop = (answer: string): Break => ({
  handlers: () => [
    pop3.noop(
      '',
      when(afterLogin, () => exactly(answer)),
    ),
  ],
})

const messageOfDots = 3
const messageOfDotFirst = 2

export const framing: Readonly<Record<string, Break>> = {
  greeting: { handlers: () => [pop3.greeting(twice)], alone: 'every reply is read as the one before it' },
  'quit-before-login': { handlers: (server) => [pop3.quit(when(onlySaid(server, 'QUIT'), twice))] },
  'keyword-case': { handlers: () => [pop3.any(when((context) => /^[a-z]/.test(lineOf(context)), refuses))] },
  'one-space': { handlers: () => [pop3.list(/^ /, () => reply.ok('1 68'))] },
  'bare-lf': { handlers: () => [pop3.any(when((context) => lineOf(context).includes('\n'), fine))] },
  'octet-by-octet': {
    // Takes every chunk for a line.
    between: (stream) => linesCut(stream, (chunk) => (chunk.length === 1 ? `${chunk}\r\n` : chunk)),
  },
  'long-argument': { handlers: () => [pop3.user(/^x{40}$/, hangsUp)] },
  'status-indicator': noop('+ok\r\n'),
  'reply-length': noop(`+OK ${'x'.repeat(600)}\r\n`),
  crlf: {
    handlers: () => [
      pop3.uidl(
        '',
        rewrite((text) => text.replace('\r\n2 ', '\n2 ')),
      ),
    ],
  },
  'status-grammar': noop('+OK\tfine\r\n'),
  'long-command-before-login': { handlers: () => [pop3.user(/^x{100}/, twice)] },
  'long-command-after-login': { handlers: () => [pop3.noop(/^x{100}/, twice)] },
  'stuffing-retr': {
    handlers: () => [
      pop3.retr(
        messageOfDots,
        rewrite((text) => text.replace('\r\n..dot\r\n', '\r\n.dot\r\n')),
      ),
    ],
    also: ['size', 'retr', 'top-whole', 'top-lines'],
  },
  'stuffing-top': {
    handlers: () => [
      pop3.top(
        `${messageOfDots} 999999`,
        rewrite((text) => text.replace('\r\n..\r\n', '\r\n.\r\n')),
      ),
    ],
  },
  'stuffing-first-line': {
    handlers: () => [
      pop3.retr(
        messageOfDotFirst,
        rewrite((text) => text.replace('\r\n..dot', '\r\n.dot')),
      ),
    ],
    also: ['stuffing-retr', 'size', 'retr', 'top-header', 'top-lines', 'top-whole'],
  },
  'unknown-before-login': { handlers: () => [pop3.command('XYZZY', when(beforeLogin, hangsUp))] },
  'unknown-after-login': { handlers: () => [pop3.command('XYZZY', when(afterLogin, hangsUp))] },
  'empty-line': { handlers: () => [pop3.any(when((context) => lineOf(context) === '', hangsUp))] },
  'missing-argument': { handlers: () => [pop3.retr('', fine)] },
  'not-a-number': { handlers: () => [pop3.list(/x$/, fine)] },
  'number-overflow': { handlers: () => [pop3.list(/^4294967/, fine)] },
  'surplus-argument': { handlers: () => [pop3.stat(/./, fine)] },
  'wrong-state-before-login': { handlers: (server) => [pop3.stat(when(onlySaid(server, 'STAT'), fine))] },
  'wrong-state-after-login': { handlers: () => [pop3.user(when(afterLogin, fine))] },
  pipelining: {
    handlers: () => {
      let before = ''
      return [
        pop3.any((context) => void (before = context.command?.verb === 'RETR' ? before : '')),
        pop3.retr(async (context, next) => {
          const again = before === `${context.session.id} ${argumentOf(context)}`
          before = `${context.session.id} ${argumentOf(context)}`
          return again ? rewrite((text) => text.replace('\r\n\r\n', '\r\n'))(context, next) : undefined
        }),
      ]
    },
  },
  'pipelining-login': {
    // What was read together with PASS is lost, as Courier does.
    between: (stream) => linesCut(stream, (chunk) => chunk.replace(/(\r\nPASS .*\r\n)[^]+$/, '$1')),
  },
}
