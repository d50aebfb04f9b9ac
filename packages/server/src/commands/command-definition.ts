/** What a verb is: the shape that every file of this folder has. */
import type { Reply } from '../reply/reply.ts'
import type { PersonaGrammar, PersonaState } from '../personas/persona.ts'
import type { Session } from '../session/session.ts'

/** Says that an argument is not one that the command takes. */
export const malformed: unique symbol = Symbol('malformed')

/** Reads what stands behind a verb, or says that it is malformed. */
export type ArgumentSyntax<Argument> = (
  argument: string | undefined,
  grammar: PersonaGrammar,
) => Argument | typeof malformed

/** A verb of the protocol. */
export interface CommandDefinition<Argument> {
  readonly verb: string
  /** The states in which it is valid; elsewhere it is refused (R12). */
  readonly states: readonly PersonaState[]
  readonly argument: ArgumentSyntax<Argument>
  /** Changes the session and answers. */
  run(session: Session, argument: Argument): Reply | Promise<Reply>
}
