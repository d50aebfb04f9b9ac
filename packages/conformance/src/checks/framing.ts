/** How replies and commands are framed (RFC 1939 section 3, RFC 2449 sections 3 and 4). */
import type { Check } from '../check.ts'
import { expectAnswer, expectErr, expectNothingMore, expectOk, expectThat } from '../expect.ts'
import { eachReply, expectEach, walk } from './walk.ts'

/** The longest first line of a reply (RFC 1939 section 3, RFC 2449 section 4), in octets with its CRLF. */
const replyOctets = 512

/** The longest command line that every server with CAPA takes (RFC 2449 section 4), in octets with its CRLF. */
const commandOctets = 255

/** A command whose line is as long as it may be. */
const longest = (verb: string): string => `${verb} `.padEnd(commandOctets - '\r\n'.length, 'x')

export const framingChecks: readonly Check[] = [
  {
    id: 'keyword-case',
    requirement: 'R2',
    level: 'MUST',
    title: 'Keywords are taken in any case',
    needs: [],
    async run(server) {
      const talk = await server.login()
      for (const command of ['noop', 'NoOp', 'stat', 'rSET']) expectOk(await talk.command(command))
    },
  },
  {
    id: 'one-space',
    requirement: 'R3',
    level: 'MUST',
    title: 'Two spaces between keyword and argument are refused',
    needs: ['message'],
    async run(server) {
      const talk = await server.login()
      expectErr(await talk.command(`LIST  ${server.message.number}`))
    },
  },
  {
    id: 'bare-lf',
    requirement: 'R3',
    level: 'SHOULD',
    title: 'A bare LF does not end a command',
    needs: [],
    async run(server) {
      const talk = await server.login()
      talk.say('NOOP\nNOOP')
      expectErr(await talk.reply('NOOP\\nNOOP'))
    },
  },
  {
    id: 'octet-by-octet',
    requirement: 'R3',
    level: 'MUST',
    title: 'A command that arrives octet by octet is the same command',
    needs: [],
    async run(server) {
      const talk = await server.login()
      await talk.spell('STAT')
      expectOk(await talk.reply('STAT'))
      await expectNothingMore(talk, 'TRANSACTION', 'STAT')
    },
  },
  {
    id: 'long-argument',
    requirement: 'R4',
    level: 'MUST',
    title: 'An argument of 40 characters is answered like any other',
    needs: [],
    async run(server) {
      const talk = await server.greet()
      expectAnswer(await talk.command(`USER ${'x'.repeat(40)}`))
      expectOk(await talk.command('QUIT'))
    },
  },
  {
    id: 'status-indicator',
    requirement: 'R5',
    level: 'MUST',
    title: 'Every reply begins with +OK or -ERR in upper case',
    needs: [],
    run: eachReply(({ line }) => /^(\+OK|-ERR)/.test(line), '+OK or -ERR in upper case'),
  },
  {
    id: 'reply-length',
    requirement: 'R6',
    level: 'MUST',
    title: 'The first line of every reply has at most 512 octets',
    needs: [],
    run: eachReply(({ raw }) => raw.octets.length + 2 <= replyOctets, `a first line of at most ${replyOctets} octets`),
  },
  {
    id: 'crlf',
    requirement: 'R7',
    level: 'MUST',
    title: 'Every line of every reply ends with CRLF, the terminator too',
    needs: [],
    async run(server) {
      const { replies, bodies } = await walk(server)
      expectEach(replies, ({ raw }) => raw.ending === 'crlf', 'a line that ends with CRLF')
      for (const { to, lines, terminator } of bodies) {
        const bare = [...lines, terminator].findIndex(({ ending }) => ending === 'lf')
        expectThat(
          bare === -1,
          `Expected CRLF at the end of line ${bare + 1} after the status line of ${to}, not a bare LF`,
        )
      }
    },
  },
  {
    id: 'status-grammar',
    requirement: 'R42',
    level: 'MUST',
    title: 'The status indicator is followed by a space, or by nothing',
    needs: [],
    run: eachReply(({ line }) => /^(\+OK|-ERR)($| )/i.test(line), 'a space after the status indicator'),
  },
  {
    id: 'long-command-before-login',
    requirement: 'R41',
    level: 'MUST',
    title: 'A command line of 255 octets is one command before the login',
    needs: ['CAPA'],
    async run(server) {
      const talk = await server.greet()
      expectAnswer(await talk.command(longest('USER')))
      await expectNothingMore(talk, 'AUTHORIZATION', 'a line of 255 octets')
    },
  },
  {
    id: 'long-command-after-login',
    requirement: 'R41',
    level: 'MUST',
    title: 'A command line of 255 octets is one command after the login',
    needs: ['CAPA'],
    async run(server) {
      const talk = await server.login()
      expectAnswer(await talk.command(longest('NOOP')))
      await expectNothingMore(talk, 'TRANSACTION', 'a line of 255 octets')
    },
  },
]
