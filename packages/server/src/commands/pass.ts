/** PASS string, RFC 1939 section 7 (R19): only right behind USER, and blanks are part of the password. */
import type { CommandDefinition } from './command-definition.ts'

export const pass: CommandDefinition<'password'> = {
  verb: 'PASS',
  argument: 'password',
  run(session, password) {
    if (!session.takesPasswords) return session.voice.err('login.cleartext')
    const user = session.claimedUser
    if (user === undefined) return session.voice.err('pass.userFirst')
    const { grammar } = session.persona
    if (grammar.userHolds !== 'until-login') session.claimedUser = undefined
    const fault = grammar.credentials?.(user, password)
    if (fault !== undefined) return session.voice.err(fault)
    const maildrop = session.accounts.find(user)
    if (maildrop === undefined || !session.accounts.isPasswordOf(maildrop, password))
      return session.voice.err('login.refused')
    return session.enter(maildrop)
  },
}
