/** One SASL exchange of a session: challenges and responses in base64, until it is over (RFC 5034 section 4). */
import { Pop3ProtocolError, decodeBase64, decodeInitialResponse, decodeText, encodeBase64 } from '@pop3kit/codec'
import type { PersonaTextName } from '../personas/persona.ts'
import { type Reply, reply } from '../reply/reply.ts'
import type { SaslContext, SaslDialogue, SaslIdentity, SaslMechanism } from '../sasl/mechanism.ts'
import type { Session } from './session.ts'

/** A client that gives up sends this alone (R76). */
const cancel = '*'

/** An exchange that is going on. */
export class SaslExchange {
  readonly #session: Session
  readonly #dialogue: SaslDialogue

  constructor(session: Session, mechanism: SaslMechanism) {
    this.#session = session
    this.#dialogue = mechanism.dialogue(contextOf(session))
  }

  /** The first challenge, or what follows when the client has spoken already. */
  async begin(initial: string | undefined): Promise<Reply> {
    this.#session.exchange = this
    const first = await this.#dialogue.next()
    if (initial === undefined) return this.#answer(first)
    return this.#take(() => decodeInitialResponse(initial), 'auth.initialBase64')
  }

  /** Takes a line of the client, and gives the next challenge or the outcome. */
  respond(line: Uint8Array): Reply | Promise<Reply> {
    const response = decodeText(line)
    if (response === cancel) return this.#over(this.#session.err('auth.cancelled'))
    return this.#take(() => decodeBase64(response), 'auth.base64')
  }

  async #take(decode: () => Uint8Array, refusal: PersonaTextName): Promise<Reply> {
    let response: Uint8Array
    try {
      response = decode()
    } catch {
      return this.#over(this.#session.err(refusal))
    }
    try {
      return await this.#answer(await this.#dialogue.next(response))
    } catch (error) {
      if (!(error instanceof Pop3ProtocolError)) throw error
      return this.#over(this.#session.err('auth.malformed'))
    }
  }

  #answer(step: IteratorResult<Uint8Array, SaslIdentity | undefined>): Reply | Promise<Reply> {
    if (step.done !== true) {
      const { emptyChallenge } = this.#session.persona.sasl
      return reply.of(step.value.length === 0 ? emptyChallenge : `+ ${encodeBase64(step.value)}`)
    }
    if (step.value === undefined) return this.#over(this.#session.err('auth.refused'))
    const { maildrop, authorizationIdentity } = step.value
    const actsForAnother = authorizationIdentity !== undefined && authorizationIdentity !== maildrop.user
    if (actsForAnother && this.#session.persona.sasl.authorizationIdentity === 'checked') {
      return this.#over(this.#session.err('auth.refused'))
    }
    return this.#over(this.#session.enter(maildrop))
  }

  /** From now on lines are commands again; behind a failure it is as if AUTH had not been sent (R78). */
  #over<Outcome>(outcome: Outcome): Outcome {
    this.#session.exchange = undefined
    return outcome
  }
}

function contextOf(session: Session): SaslContext {
  return {
    maildropOf: (user) => session.maildropOf(user),
    maildropOfToken: (token) => session.maildropOfToken(token),
    nonce: () => session.nonce(),
    cramChallenge: () => session.cramChallenge(),
    clientName: session.clientName,
    now: () => session.now(),
  }
}
