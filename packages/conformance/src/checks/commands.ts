/** Commands that are none, and commands in the wrong state (RFC 1939 sections 3 and 9). */
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectOk } from '../expect.ts'
import type { Conversation } from '../wire/conversation.ts'

/** Each is refused, and after all of them the session is still alive. */
async function expectRefused(talk: Conversation, ...commands: readonly string[]): Promise<void> {
  for (const command of commands) expectErr(await talk.command(command))
  expectOk(await talk.command('NOOP'))
}

const refused =
  (commandsFor: (server: CheckContext) => readonly string[]): Check['run'] =>
  async (server) =>
    expectRefused(await server.login(), ...commandsFor(server))

export const commandChecks: readonly Check[] = [
  {
    id: 'unknown-before-login',
    requirement: 'R11',
    level: 'MUST',
    title: 'An unknown command is refused before the login, and the session goes on',
    needs: [],
    async run(server) {
      const talk = await server.greet()
      expectErr(await talk.command('XYZZY'))
      expectOk(await talk.command('QUIT'))
    },
  },
  {
    id: 'unknown-after-login',
    requirement: 'R11',
    level: 'MUST',
    title: 'An unknown command is refused after the login, and the session goes on',
    needs: [],
    run: refused(() => ['XYZZY', 'XYZZY 1 2']),
  },
  {
    id: 'empty-line',
    requirement: 'R11',
    level: 'MUST',
    title: 'An empty line is refused, and the session goes on',
    needs: [],
    run: refused(() => ['']),
  },
  {
    id: 'missing-argument',
    requirement: 'R11',
    level: 'MUST',
    title: 'RETR without a message-number is refused',
    needs: [],
    run: refused(() => ['RETR']),
  },
  {
    id: 'not-a-number',
    requirement: 'R11',
    level: 'MUST',
    title: 'What is no message-number is refused',
    needs: ['message'],
    run: refused(({ message: { number } }) => [
      'LIST abc',
      'LIST -1',
      'RETR abc',
      `LIST ${number}x`,
      `LIST +${number}`,
    ]),
  },
  {
    id: 'number-overflow',
    requirement: 'R11',
    level: 'MUST',
    title: 'A message-number beyond 32 or 64 bits is no message',
    needs: ['message'],
    run: refused(({ message: { number } }) => [`LIST ${2 ** 32 + number}`, `LIST ${2n ** 64n + BigInt(number)}`]),
  },
  {
    id: 'surplus-argument',
    requirement: 'R11',
    level: 'MUST',
    title: 'An argument that the command does not take is refused',
    needs: ['message'],
    run: refused(({ message: { number } }) => ['STAT 1', 'NOOP 1', `LIST ${number} ${number}`]),
  },
  {
    id: 'wrong-state-before-login',
    requirement: 'R12',
    level: 'MUST',
    title: 'Commands of the TRANSACTION state are refused before the login',
    needs: [],
    async run(server) {
      // A connection each: some servers close after the third wrong command.
      for (const command of ['STAT', 'LIST', 'RETR 1', 'NOOP', 'RSET', 'UIDL', 'TOP 1 0']) {
        const talk = await server.greet()
        expectErr(await talk.command(command))
        await talk.hangUp()
      }
    },
  },
  {
    id: 'wrong-state-after-login',
    requirement: 'R12',
    level: 'MUST',
    title: 'USER and PASS are refused after the login',
    needs: [],
    async run(server) {
      const talk = await server.login()
      expectErr(await talk.command(`USER ${server.settings.user}`))
      expectErr(await talk.command('PASS again'))
    },
  },
]
