/** One SASL exchange of a session: challenges and responses in base64, until it is over (RFC 5034 section 4). */
import { Pop3ProtocolError, decodeBase64, decodeText, encodeBase64, parsePlain } from '@pop3kit/codec'
import type { PersonaTextName } from '../personas/persona.ts'
import { type Reply, reply } from '../reply/reply.ts'
import {
  type SaslContext,
  type SaslDialogue,
  type SaslIdentity,
  type SaslMechanism,
  nothing,
} from '../sasl/mechanism.ts'
import type { Session } from './session.ts'

/** A client that gives up sends this alone (R76). */
const cancel = '*'

/** An initial response of no octets (R74). */
const empty = '='

/** An exchange that is going on. */
export class SaslExchange {
  readonly #session: Session
  readonly #dialogue: SaslDialogue
  /** Whether another process reads the messages, so that all that is wrong with them is wrong credentials. */
  readonly #isOpaque: boolean
  /** The initial response was cut short, and the server does not find its way back. */
  #isLost = false
  /** What is to be said at the end about a response that was not base64. */
  #belated: PersonaTextName | undefined

  constructor(session: Session, mechanism: SaslMechanism) {
    this.#session = session
    this.#dialogue = mechanism.dialogue(contextOf(session))
    this.#isOpaque = session.persona.sasl.opaque?.some((name) => name === mechanism.name) === true
  }

  /** The first challenge, or what follows when the client has spoken already. */
  async begin(initial: string | undefined): Promise<Reply> {
    this.#session.exchange = this
    const first = await this.#dialogue.next()
    if (initial === undefined) return this.#answer(first)
    const response = initial === empty ? nothing : this.#read(initial, 'auth.initialBase64')
    this.#isLost = response === 'auth.unfinished'
    return this.#isLost ? reply.of(this.#session.persona.sasl.emptyChallenge) : this.#take(response)
  }

  /** Takes a line of the client, and gives the next challenge or the outcome. */
  respond(line: Uint8Array): Reply | Promise<Reply> {
    const response = decodeText(line)
    if (response === cancel) return this.#over(this.#session.voice.err('auth.cancelled'))
    return this.#take(this.#read(response, 'auth.base64'))
  }

  #read(text: string, refusal: 'auth.base64' | 'auth.initialBase64'): Uint8Array | PersonaTextName {
    const { base64 } = this.#session.persona.sasl
    if (base64 !== undefined) return base64(text, refusal)
    try {
      return decodeBase64(text)
    } catch {
      return refusal
    }
  }

  async #take(response: Uint8Array | PersonaTextName): Promise<Reply> {
    const isBase64 = response !== 'auth.base64' && response !== 'auth.initialBase64'
    if (!isBase64 && this.#session.persona.sasl.lateBase64 === true) this.#belated = response
    else if (typeof response === 'string') return this.#refuse(response)
    if (this.#isLost) return this.#over(reply.close())
    try {
      const step = await this.#dialogue.next(typeof response === 'string' ? nothing : response)
      if (step.done === true && this.#belated !== undefined) return this.#refuse(this.#belated)
      return await this.#answer(step)
    } catch (error) {
      if (!(error instanceof Pop3ProtocolError)) throw this.#over(error)
      return this.#refuse(this.#belated ?? 'auth.malformed')
    }
  }

  #refuse(text: PersonaTextName): Reply {
    return this.#over(this.#session.voice.err(this.#isOpaque && text !== 'auth.cancelled' ? 'auth.refused' : text))
  }

  #answer(step: IteratorResult<Uint8Array, SaslIdentity | undefined>): Reply | Promise<Reply> {
    if (step.done !== true) {
      const { emptyChallenge } = this.#session.persona.sasl
      return reply.of(step.value.length === 0 ? emptyChallenge : `+ ${encodeBase64(step.value)}`)
    }
    if (step.value === undefined) return this.#over(this.#session.voice.err('auth.refused'))
    if (!this.#mayAct(step.value)) return this.#over(this.#session.voice.err('auth.refused'))
    return this.#over(this.#session.enter(step.value.maildrop))
  }

  /** Whether she may act as whom she wants to act. */
  #mayAct({ maildrop, name, authorizationIdentity: wanted }: SaslIdentity): boolean {
    const rule = this.#session.persona.sasl.authorizationIdentity
    if (wanted === undefined || rule === 'ignored') return true
    return rule === 'checked' ? this.#session.accounts.find(wanted) === maildrop : wanted === name
  }

  /** From now on lines are commands again; behind a failure it is as if AUTH had not been sent (R78). */
  #over<Outcome>(outcome: Outcome): Outcome {
    this.#session.exchange = undefined
    return outcome
  }
}

function contextOf(session: Session): SaslContext {
  return {
    maildropOf: (user) => session.accounts.find(user),
    maildropOfToken: (token) => session.accounts.findByToken(token, session.now()),
    isPasswordOf: (maildrop, password) => session.accounts.isPasswordOf(maildrop, password),
    parsePlain: session.persona.sasl.plain ?? parsePlain,
    takesName: (name) => session.persona.sasl.takesName?.(name) ?? true,
    nonce: () => session.nonce(),
    cramChallenge: () => session.challenge('cramChallenge'),
    digestChallenge: () => session.challenge('digestChallenge'),
    clientName: session.clientName,
    now: () => session.now(),
  }
}
