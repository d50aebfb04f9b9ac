/** PASS string, RFC 1939 section 7 (R19): only right behind USER, and blanks are part of the password. */
import type { CommandDefinition } from './command-definition.ts'

export const pass: CommandDefinition<'password'> = {
  verb: 'PASS',
  argument: 'password',
  run(session, password) {
    if (!session.takesPasswords) return session.err('login.cleartext')
    const user = session.claimedUser
    if (user === undefined) return session.err('pass.userFirst')
    session.claimedUser = undefined
    const maildrop = session.maildropOf(user)
    if (maildrop?.password === undefined || maildrop.password !== password) return session.err('login.refused')
    return session.enter(maildrop)
  },
}
