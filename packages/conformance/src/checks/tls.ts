/** STLS and TLS (RFC 2595 section 4, RFC 8314). */
import { concatOctets } from '@pop3kit/codec'
import type { SecureVersion } from 'node:tls'
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectOk, expectThat } from '../expect.ts'
import { notOffered, notTestable, Verdict } from '../verdict.ts'
import { tap } from '../wire/tap.ts'
import { holdsAlert } from '../wire/tls-records.ts'
import { capabilityLines } from './messages.ts'
import type { Conversation } from '../wire/conversation.ts'

const listsStls = async (talk: Conversation): Promise<boolean> =>
  (await capabilityLines(talk)).some((line) => /^STLS$/i.test(line.trim()))

const clearOctets = 'Octets in clear come after the answer to STLS'

/** A connection on which STLS was said and the handshake has been made. */
async function upgraded(server: CheckContext, minVersion: SecureVersion): Promise<Conversation> {
  const talk = await server.clear()
  expectOk(await talk.command('STLS'))
  expectThat(talk.unread === 0, clearOctets)
  const failure = await server.handshake(talk, { minVersion })
  expectThat(failure === undefined, `The handshake fails: ${failure?.message}`)
  return talk
}

export const tlsChecks: readonly Check[] = [
  {
    id: 'stls-after-login',
    requirement: 'R60',
    level: 'MUST',
    title: 'STLS is refused after the login',
    needs: ['STLS'],
    async run(server) {
      const talk = await server.login()
      expectErr(await talk.command('STLS'))
    },
  },
  {
    id: 'stls-state',
    requirement: 'R60',
    level: 'MUST',
    title: 'After the handshake the session is in the AUTHORIZATION state',
    needs: ['STLS'],
    async run(server) {
      const talk = await server.clear()
      expectOk(await talk.command('STLS'))
      const failure = await server.handshake(talk)
      if (failure !== undefined) throw notTestable(failure.message)
      expectErr(await talk.command('STAT'))
      expectOk(await talk.command('QUIT'))
    },
  },
  {
    id: 'stls',
    requirement: 'R61',
    level: 'MUST',
    title: 'TLS begins right after the +OK to STLS',
    needs: ['STLS'],
    async run(server) {
      const talk = await upgraded(server, 'TLSv1')
      expectErr(await talk.command('NOOP'))
    },
  },
  {
    id: 'stls-under-tls',
    requirement: 'R61',
    level: 'MUST',
    title: 'STLS is refused under TLS',
    needs: ['TLS'],
    async run(server) {
      const talk = await server.secure()
      expectErr(await talk.command('STLS'))
    },
  },
  {
    id: 'stls-with-capa',
    requirement: 'R64',
    level: 'MUST',
    title: 'A server with STLS has CAPA',
    needs: ['clear'],
    async run(server) {
      const { clear } = server.survey.capabilities
      if (clear?.has('STLS') === true) return
      const answer = await (await server.clear()).command('STLS')
      if (!answer.ok) throw notOffered('STLS is refused')
      expectThat(clear !== undefined, 'STLS is taken, CAPA is refused')
    },
  },
  {
    id: 'stls-announced',
    requirement: 'R64',
    level: 'MUST',
    title: 'CAPA does not list STLS under TLS, nor after the login',
    needs: ['CAPA', 'STLS'],
    async run(server) {
      expectThat(!(await listsStls(await server.secure())), 'CAPA lists STLS under TLS')
      expectThat(!(await listsStls(await server.login())), 'CAPA lists STLS after the login')
    },
  },
  {
    id: 'stls-injection',
    requirement: 'R65',
    level: 'SHOULD',
    title: 'What was sent in clear after STLS is thrown away',
    needs: ['STLS'],
    async run(server) {
      const talk = await server.clear()
      talk.say('STLS', 'CAPA')
      const lines = await unlessEnded(talk, async () => {
        const answer = await talk.reply('STLS')
        if (!answer.ok) return []
        expectThat(talk.unread === 0, clearOctets)
        const failure = await server.handshake(talk)
        expectThat(failure?.code !== 'ERR_SSL_WRONG_VERSION_NUMBER', clearOctets)
        if (failure !== undefined) return []
        talk.say('QUIT')
        return talk.rest()
      })
      expectThat(lines.length <= 1, `The CAPA that was sent in clear is answered under TLS: "${lines[0]}"`)
    },
  },
  {
    id: 'implicit-tls',
    requirement: 'R66',
    level: 'MUST',
    title: 'After the handshake of implicit TLS the server greets, and the session is in the AUTHORIZATION state',
    needs: ['implicit TLS'],
    async run(server) {
      const talk = await server.open()
      expectOk(await talk.greeting())
      expectErr(await talk.command('STAT'))
    },
  },
  {
    id: 'close-notify',
    requirement: 'R67',
    level: 'SHOULD',
    title: 'The server says by an alert of TLS that it closes',
    needs: ['TLS'],
    async run(server) {
      const octets: Uint8Array[] = []
      // In TLS 1.3 an alert looks like data.
      const talk = await server.secure((stream) => tap(stream, (chunk) => void octets.push(chunk)), {
        maxVersion: 'TLSv1.2',
      })
      expectOk(await talk.command('QUIT'))
      await talk.rest()
      expectThat(holdsAlert(concatOctets(octets)), 'The server closes TCP without close_notify')
    },
  },
  {
    id: 'tls-version',
    requirement: 'R68',
    level: 'MUST',
    title: 'STLS leads to TLS 1.2 or later',
    needs: ['STLS'],
    async run(server) {
      const talk = await upgraded(server, 'TLSv1.2')
      expectOk(await talk.command('QUIT'))
    },
  },
  {
    id: 'cleartext-login',
    requirement: 'R69',
    level: 'MUST',
    title: 'Where no password is taken in clear, USER is answered alike for every name',
    needs: ['clear'],
    async run(server) {
      if (server.settings.mode === 'none') throw notOffered('TLS is not asked for: the password is sent in clear')
      const known = await (await server.clear()).command(`USER ${server.settings.user}`)
      const unknown = await (await server.clear()).command(`USER nobody-${server.settings.user}`)
      expectThat(known.line === unknown.line, `USER of a user is answered "${known.line}", of nobody "${unknown.line}"`)
      if (known.ok) throw notTestable('USER is taken in clear; the password is not sent to find out about PASS')
    },
  },
]

/** A server that ends the connection answers nothing of what was sent in clear. */
async function unlessEnded(talk: Conversation, lines: () => Promise<string[]>): Promise<string[]> {
  try {
    return await lines()
  } catch (error) {
    if (error instanceof Verdict && talk.ended !== undefined) return []
    throw error
  }
}
