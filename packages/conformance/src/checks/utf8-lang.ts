/** UTF8 and LANG (RFC 6856). */
import { encodeText } from '@pop3kit/codec'
import type { Check } from '../check.ts'
import { expectAnswer, expectErr, expectLoggedIn, expectOk, expectThat } from '../expect.ts'
import { notOffered, notTestable } from '../verdict.ts'
import { bodyOctets, bodyText } from '../wire/reply.ts'
import { headerOf, isAscii } from '../header.ts'
import { ask } from './messages.ts'

/** Octets that are no UTF-8. */
const malformed = Uint8Array.of(...encodeText('USER \u0061'), 0xff, 0xfe, 0x0d, 0x0a)

export const utf8LangChecks: readonly Check[] = [
  {
    id: 'utf8',
    requirement: 'R90',
    level: 'MUST',
    title: 'UTF8 is answered before the login, and the login goes on',
    needs: ['capability UTF8'],
    async run(server) {
      const greeted = await server.greeted()
      expectAnswer(await greeted.talk.command('UTF8'))
      expectLoggedIn(await server.logIn(greeted))
    },
  },
  {
    id: 'utf8-argument',
    requirement: 'R90',
    level: 'MUST',
    title: 'UTF8 takes no argument',
    needs: ['capability UTF8'],
    async run(server) {
      expectErr(await (await server.greet()).command('UTF8 USER'))
    },
  },
  {
    id: 'utf8-after-login',
    requirement: 'R90',
    level: 'MUST',
    title: 'UTF8 is refused after the login',
    needs: ['capability UTF8'],
    async run(server) {
      expectErr(await (await server.login()).command('UTF8'))
    },
  },
  {
    id: 'utf8-header',
    requirement: 'R91',
    level: 'MUST',
    title: 'Without UTF8 a header that is not ASCII is refused or sent in another form',
    needs: ['capability UTF8', 'message'],
    async run(server) {
      const { international } = server.survey
      if (international.length === 0) throw notTestable('No message is known to have a header that is not ASCII')
      const talk = await server.login()
      for (const number of international) {
        const answer = await talk.command(`RETR ${number}`)
        if (!answer.ok) continue
        const header = headerOf(bodyOctets(await talk.body(answer)))
        expectThat(isAscii(header), `The header of message ${number} is sent with octets that are not ASCII`)
      }
    },
  },
  {
    id: 'utf8-user',
    requirement: 'R94',
    level: 'MUST',
    title: 'A user name that is not UTF-8 is refused, at the latest with its password',
    needs: ['capability UTF8', 'password', 'failed logins'],
    async run(server) {
      const params = Object.values(server.survey.capabilities).flatMap((listed) => listed?.get('UTF8') ?? [])
      if (!params.some((param) => param.toUpperCase() === 'USER')) throw notOffered('CAPA does not list UTF8 USER')
      const talk = await server.greet()
      talk.sendOctets(malformed)
      const answer = expectAnswer(await talk.reply('USER a\\xff\\xfe'))
      if (answer.ok) expectErr(await talk.command('PASS x'))
    },
  },
  {
    id: 'lang-list',
    requirement: 'R95',
    level: 'MUST',
    title: 'LANG alone lists languages, a tag and perhaps a description each',
    needs: ['capability LANG'],
    async run(server) {
      for (const line of bodyText(await ask(await server.greet(), 'LANG'))) {
        expectThat(
          /^[a-z0-9-]+( .*)?$/i.test(line),
          `Expected a tag of a language, and perhaps a description, not "${line}"`,
        )
      }
    },
  },
  {
    id: 'lang-choose',
    requirement: 'R95',
    level: 'MUST',
    title: 'LANG with a tag from its list is answered with "+OK" and the tag',
    needs: ['capability LANG'],
    async run(server) {
      const talk = await server.greet()
      const [tag] = bodyText(await ask(talk, 'LANG')).map((line) => line.split(' ', 1)[0] ?? '')
      if (tag === undefined) throw notTestable('LANG lists no language')
      const { text } = expectOk(await talk.command(`LANG ${tag}`))
      expectThat(
        text.split(' ', 1)[0]?.toLowerCase() === tag.toLowerCase(),
        `Expected "${tag}" after +OK, not "${text}"`,
      )
    },
  },
  {
    id: 'lang-unknown',
    requirement: 'R95',
    level: 'MUST',
    title: 'LANG with a language that is not there is refused',
    needs: ['capability LANG'],
    async run(server) {
      expectErr(await (await server.greet()).command('LANG x-nosuch'))
    },
  },
  {
    id: 'lang-default',
    requirement: 'R95',
    level: 'MUST',
    title: 'LANG with * chooses the default of the server',
    needs: ['capability LANG'],
    async run(server) {
      expectOk(await (await server.greet()).command('LANG *'))
    },
  },
]
