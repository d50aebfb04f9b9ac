/** A session as handlers see it. */
import type { Message } from '../maildrop/message.ts'
import type { Session, SessionState } from './session.ts'

/** What handlers may know of a session: one object as long as it lasts, so that they can remember something of it. */
export class SessionView {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  get id(): number {
    return this.#session.id
  }

  get state(): SessionState {
    return this.#session.state
  }

  get user(): string | undefined {
    return this.#session.user
  }

  message(number: number): Message | undefined {
    return this.#session.message(number)
  }
}
