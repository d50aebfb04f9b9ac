/** A command meets the table of verbs (R11, R12). */
import type { Command } from '@pop3kit/codec'
import { isUtf8 } from 'node:buffer'
import { Refusal } from '../personas/argument-reader.ts'
import { commands } from './index.ts'
import { type Reply, reply } from '../reply/reply.ts'
import type { Session } from '../session/session.ts'

/** Carries out a command, or refuses it. */
export function execute(session: Session, { verb, argument, octets }: Command): Reply | Promise<Reply> {
  const { grammar, commands: known } = session.persona
  session.voice.begin(verb, argument ?? '')
  if (verb !== 'USER' && verb !== 'PASS' && grammar.userHolds === 'next') session.claimedUser = undefined
  if (grammar.crashesOn?.({ verb, argument }, session.commandState) === true) return reply.close()
  if (grammar.isMalformed?.({ verb, argument }) === true) return session.voice.err('command.malformed')
  const definition = commands.get(verb)
  const states = known[verb]
  if (definition === undefined || states === undefined) return session.voice.err('command.unknown')
  if (!states.some((state) => state === session.state)) return session.voice.err('command.state')
  if (grammar.encoding === 'utf-8' && !isUtf8(octets)) return session.voice.err('command.encoding')
  const parsed = grammar.arguments[definition.argument](argument)
  return parsed instanceof Refusal ? session.voice.refused(parsed) : definition.run(session, parsed)
}

/** Passes over a command that a handler has answered in the server's stead: the session is as if the command had been refused. */
export function passOver(session: Session, { verb }: Command): void {
  const { userHolds } = session.persona.grammar
  const forgets = userHolds === 'next' ? verb !== 'USER' : userHolds === 'until-pass' && verb === 'PASS'
  if (forgets) session.claimedUser = undefined
}
