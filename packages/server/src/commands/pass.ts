/** PASS string, RFC 1939 section 7 (R19): only right behind USER, and blanks are part of the password. */
import { text } from './arguments.ts'
import type { CommandDefinition } from './command-definition.ts'

export const pass: CommandDefinition<string> = {
  verb: 'PASS',
  states: ['AUTHORIZATION'],
  argument: text,
  run(session, argument) {
    const user = session.claimedUser
    if (user === undefined) return session.err('pass.userFirst')
    session.claimedUser = undefined
    const maildrop = session.maildropOf(user)
    const password = session.persona.grammar.passwordBlanks === 'trim' ? argument.trimEnd() : argument
    if (maildrop?.password === undefined || maildrop.password !== password) return session.err('login.refused')
    return session.enter(maildrop)
  },
}
