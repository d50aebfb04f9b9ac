/** Response codes (RFC 2449 section 8, RFC 3206, RFC 6856 section 5). */
import { isResponseCode } from '@pop3kit/codec'
import type { Check } from '../check.ts'
import { expectErr, expectOk, expectThat, shown } from '../expect.ts'
import { notOffered } from '../verdict.ts'
import { logIn } from '../login.ts'
import type { RawReply } from '../wire/reply.ts'
import { secondLogin, wrongPassword } from './authorization.ts'
import { eachReply } from './walk.ts'

/** Which command a reply answers. */
const verbOf = ({ to }: RawReply): string => /^"(\w+)/.exec(to)?.[1] ?? ''

/** The commands that log in. */
const logsIn = (reply: RawReply): boolean => ['AUTH', 'APOP', 'USER', 'PASS'].includes(verbOf(reply))

const has = ({ code }: RawReply, ...codes: readonly string[]): boolean =>
  codes.some((wanted) => isResponseCode(code, wanted))

export const responseCodeChecks: readonly Check[] = [
  {
    id: 'brackets-without-codes',
    requirement: 'R42',
    level: 'MUST',
    title: 'Without RESP-CODES no text begins with a bracket',
    needs: ['CAPA'],
    async run(server) {
      const { clear, tls, transaction } = server.survey.capabilities
      const hasCodes = [clear, tls, transaction].some((listed) => listed?.has('RESP-CODES') === true)
      if (!hasCodes) await eachReply(({ text }) => !text.startsWith('['), 'a text without a response code')(server)
    },
  },
  {
    id: 'code-grammar',
    requirement: 'R49',
    level: 'MUST',
    title: 'With RESP-CODES a text that begins with a bracket begins with a response code',
    needs: ['capability RESP-CODES'],
    run: eachReply(({ text, code }) => !text.startsWith('[') || code !== undefined, 'a response code'),
  },
  {
    id: 'code-login-delay',
    requirement: 'R57',
    level: 'MUST',
    title: '[LOGIN-DELAY] stands only after -ERR to a command that logs in',
    needs: [],
    run: eachReply((reply) => !has(reply, 'LOGIN-DELAY') || (reply.err && logsIn(reply)), 'no [LOGIN-DELAY]'),
  },
  {
    id: 'code-in-use',
    requirement: 'R58',
    level: 'SHOULD',
    title: 'With RESP-CODES a login that the lock keeps out is answered [IN-USE]',
    needs: ['capability RESP-CODES'],
    async run(server) {
      const { answer } = await secondLogin(server)
      if (answer.ok) throw notOffered('A second session is let in')
      expectThat(has(answer, 'IN-USE'), `Expected [IN-USE] to ${answer.to}, not "${shown(answer)}"`)
    },
  },
  {
    id: 'code-in-use-login',
    requirement: 'R58',
    level: 'MUST',
    title: '[IN-USE] is not said to whom does not know the password',
    needs: ['capability RESP-CODES', 'password', 'failed logins'],
    async run(server) {
      await server.login()
      const { talk, timestamp } = await server.greeted()
      const answer = await logIn(talk, 'USER', { ...server.settings, password: wrongPassword(server) }, timestamp)
      expectErr(answer)
      expectThat(!has(answer, 'IN-USE'), `Expected another code than [IN-USE] to ${answer.to}, not "${shown(answer)}"`)
    },
  },
  {
    id: 'code-sys',
    requirement: 'R70',
    level: 'MUST',
    title: '[SYS/TEMP] and [SYS/PERM] stand only after -ERR',
    needs: [],
    run: eachReply((reply) => reply.err || !has(reply, 'SYS'), 'no [SYS] after +OK'),
  },
  {
    id: 'code-auth',
    requirement: 'R71',
    level: 'MUST',
    title: 'With AUTH-RESP-CODE a wrong password is answered [AUTH]',
    needs: ['capability AUTH-RESP-CODE', 'password', 'failed logins'],
    async run(server) {
      const { user } = server.settings
      const talk = await server.greet()
      expectOk(await talk.command(`USER ${user}`))
      const answer = expectErr(await talk.command(`PASS ${wrongPassword(server)}`))
      expectThat(has(answer, 'AUTH'), `Expected [AUTH] to ${answer.to}, not "${shown(answer)}"`)
    },
  },
  {
    id: 'code-auth-elsewhere',
    requirement: 'R71',
    level: 'MUST',
    title: '[AUTH] stands only after -ERR to a command that logs in',
    needs: [],
    run: eachReply((reply) => !has(reply, 'AUTH') || (reply.err && logsIn(reply)), 'no [AUTH]'),
  },
  {
    id: 'code-utf8',
    requirement: 'R92',
    level: 'MUST',
    title: '[UTF8] stands only after -ERR to LIST, TOP and RETR',
    needs: [],
    run: eachReply(
      (reply) => !has(reply, 'UTF8') || (reply.err && ['LIST', 'TOP', 'RETR'].includes(verbOf(reply))),
      'no [UTF8]',
    ),
  },
]
