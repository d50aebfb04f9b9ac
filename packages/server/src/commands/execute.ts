/** A command meets the table of verbs (R11, R12). */
import type { Command } from '@pop3kit/codec'
import { malformed } from './command-definition.ts'
import { commands } from './index.ts'
import type { Reply } from '../reply/reply.ts'
import type { Session } from '../session/session.ts'

/** Carries out a command, or refuses it. */
export function execute(session: Session, { verb, argument }: Command): Reply | Promise<Reply> {
  const { grammar } = session.persona
  if (verb !== 'USER' && verb !== 'PASS' && grammar.userHolds === 'next') session.claimedUser = undefined
  const definition = commands.get(verb)
  if (definition === undefined) return session.err('command.unknown')
  if (!definition.states.some((state) => state === session.state)) return session.err('command.state', { verb })
  const parsed = definition.argument(argument, grammar)
  if (parsed === malformed) return session.err(verb === 'PASS' ? 'pass.syntax' : 'command.syntax', { verb })
  return definition.run(session, parsed)
}
