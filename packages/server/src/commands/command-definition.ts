/** What a verb is: the shape that every file of this folder has. */
import type { Reply } from '../reply/reply.ts'
import type { Session } from '../session/session.ts'
import type { ArgumentShape, ArgumentValues } from '../personas/argument-reader.ts'

/** A verb of the protocol. */
export interface CommandDefinition<Shape extends ArgumentShape> {
  readonly verb: string
  /** What stands behind it. */
  readonly argument: Shape
  /** Changes the session and answers. */
  run(session: Session, argument: ArgumentValues[Shape]): Reply | Promise<Reply>
}
