/** CAPA and the capabilities (RFC 2449 sections 5 and 6). */
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectThat } from '../expect.ts'
import type { Conversation } from '../wire/conversation.ts'
import { ask, capabilityLines } from './messages.ts'

/** The longest line of a capability (RFC 2449 section 3), in octets with its CRLF. */
const capabilityOctets = 512

/** The tags that CAPA lists, in upper case. */
async function tagsOf(talk: Conversation): Promise<string[]> {
  return (await capabilityLines(talk)).map((line) => line.split(' ', 1)[0]?.toUpperCase() ?? '')
}

/** What was listed in the beginning, before or after the login. */
function params(server: CheckContext, tag: string): readonly string[] {
  const { transaction } = server.survey.capabilities
  return (server.capabilities ?? transaction)?.get(tag) ?? transaction?.get(tag) ?? []
}

/** Capabilities of which a server need not speak after the login, because nobody can use them there (RFC 2595 section 4). */
const onlyBeforeLogin = new Set(['STLS'])

/** A tag is listed when the command works, and only then. */
async function expectMirrored(talk: Conversation, tag: string, works: boolean): Promise<void> {
  const isListed = (await tagsOf(talk)).includes(tag)
  expectThat(
    isListed === works,
    isListed ? `CAPA lists ${tag}, which is refused` : `CAPA does not list ${tag}, which works`,
  )
}

export const capaChecks: readonly Check[] = [
  {
    id: 'capa-both-states',
    requirement: 'R43',
    level: 'MUST',
    title: 'CAPA is answered before and after the login',
    needs: ['CAPA'],
    async run(server) {
      await ask(await server.greet(), 'CAPA')
      await ask(await server.login(), 'CAPA')
    },
  },
  {
    id: 'capa-lines',
    requirement: 'R43',
    level: 'MUST',
    title: 'Every line of CAPA is a tag with its parameters, of at most 512 octets, and none is blank',
    needs: ['CAPA'],
    async run(server) {
      for (const talk of [await server.greet(), await server.login()]) {
        for (const line of await capabilityLines(talk)) {
          const isRight =
            /^[\x21-\x2d\x2f-\x7e][\x21-\x7e]*( [\x21-\x7e]+)*$/.test(line) && line.length + 2 <= capabilityOctets
          expectThat(
            isRight,
            `Expected a tag and its parameters, single spaces between them, not "${line.slice(0, 100)}"`,
          )
        }
      }
    },
  },
  {
    id: 'capa-kept',
    requirement: 'R44',
    level: 'MUST',
    title: 'What CAPA lists before the login it lists after it, too',
    needs: ['CAPA'],
    async run(server) {
      const before = await tagsOf(await server.greet())
      const after = await tagsOf(await server.login())
      const gone = before.filter((tag) => !after.includes(tag) && !onlyBeforeLogin.has(tag))
      expectThat(gone.length === 0, `CAPA does not list ${gone.join(', ')} after the login`)
    },
  },
  {
    id: 'capa-without-apop',
    requirement: 'R47',
    level: 'MUST',
    title: 'CAPA does not list APOP, which the greeting announces',
    needs: ['CAPA'],
    async run(server) {
      for (const talk of [await server.greet(), await server.login()]) {
        expectThat(!(await tagsOf(talk)).includes('APOP'), 'CAPA lists APOP, which is no capability')
      }
    },
  },
  {
    id: 'login-delay',
    requirement: 'R50',
    level: 'SHOULD',
    title: 'A login within the time that LOGIN-DELAY names, counted from another, is refused',
    needs: ['capability LOGIN-DELAY'],
    async run(server) {
      const [delay = ''] = params(server, 'LOGIN-DELAY')
      expectThat(/^\d+$/.test(delay), `Expected LOGIN-DELAY and seconds, not "${delay}"`)
      if (Number(delay) === 0) return
      const { talk } = await server.tryLogin()
      await talk.hangUp()
      expectErr((await server.tryLogin()).answer)
    },
  },
  {
    id: 'expire',
    requirement: 'R53',
    level: 'MUST',
    title: 'EXPIRE has days or NEVER, and perhaps USER',
    needs: ['capability EXPIRE'],
    async run(server) {
      for (const talk of [await server.greet(), await server.login()]) {
        for (const line of (await capabilityLines(talk)).filter((line) => /^EXPIRE\b/i.test(line))) {
          expectThat(/^EXPIRE (\d+|NEVER)( USER)?$/i.test(line), `Expected "EXPIRE", days or NEVER, not "${line}"`)
        }
      }
    },
  },
  {
    id: 'capa-mirrors-top',
    requirement: 'R54',
    level: 'MUST',
    title: 'CAPA lists TOP when the command works, and only then',
    needs: ['CAPA', 'message'],
    async run(server) {
      const talk = await server.login()
      const reply = await talk.command(`TOP ${server.message.number} 0`)
      if (reply.ok) await talk.body(reply)
      await expectMirrored(talk, 'TOP', reply.ok)
    },
  },
  {
    id: 'capa-mirrors-uidl',
    requirement: 'R54',
    level: 'MUST',
    title: 'CAPA lists UIDL when the command works, and only then',
    needs: ['CAPA'],
    async run(server) {
      const talk = await server.login()
      const reply = await talk.command('UIDL')
      if (reply.ok) await talk.body(reply)
      await expectMirrored(talk, 'UIDL', reply.ok)
    },
  },
  {
    id: 'capa-mirrors-user',
    requirement: 'R54',
    level: 'MUST',
    title: 'CAPA lists USER when the command is taken, and only then',
    needs: ['CAPA'],
    async run(server) {
      const reply = await (await server.greet()).command(`USER ${server.settings.user}`)
      await expectMirrored(await server.greet(), 'USER', reply.ok)
    },
  },
  {
    id: 'implementation',
    requirement: 'R55',
    level: 'MUST',
    title: 'IMPLEMENTATION says what the server is',
    needs: ['capability IMPLEMENTATION'],
    async run(server) {
      for (const talk of [await server.greet(), await server.login()]) {
        for (const line of (await capabilityLines(talk)).filter((line) => /^IMPLEMENTATION\b/i.test(line))) {
          expectThat(/^IMPLEMENTATION \S/i.test(line), `Expected "IMPLEMENTATION" and a name, not "${line}"`)
        }
      }
    },
  },
]
