/** What a session says, in the words and with the manners of its persona; and how long it bears commands that are none. */
import { parseResponseCode } from '@pop3kit/codec'
import type { Refusal } from '../personas/argument-reader.ts'
import type { Persona, PersonaText, PersonaTextName, TextValues } from '../personas/persona.ts'
import { encodeReply } from '../reply/encode.ts'
import { type Reply, type ReplyOptions, deliverThrough, followedBy, reply } from '../reply/reply.ts'

/** What is known of the session whenever it speaks. */
export type SessionValues = Pick<TextValues, 'state' | 'secure' | 'session' | 'language' | 'timestamp' | 'nonce'>

/** Makes the replies of a session. */
export class Voice {
  readonly #persona: Persona
  readonly #session: () => SessionValues
  /** The command that is being carried out, and whether it is bad. */
  #command = { verb: '', argument: '' }
  #isBad = false
  /** How many bad commands came in a row. */
  #badCommands = 0

  constructor(persona: Persona, session: () => SessionValues) {
    this.#persona = persona
    this.#session = session
  }

  /** The verb of the command that is being carried out. */
  get verb(): string {
    return this.#command.verb
  }

  /** A command is carried out from now on; when the one before it was not bad, that was the end of a row of bad ones. */
  begin(verb: string, argument: string): void {
    if (!this.#isBad && !this.#persona.policies.uncounted.includes(this.#command.verb)) this.forgive()
    this.#isBad = false
    this.#command = { verb, argument }
  }

  /** Counts bad commands anew. */
  forgive(): void {
    this.#badCommands = 0
  }

  /** A positive reply in the persona's words. */
  ok(text: PersonaTextName, values: Partial<TextValues> = {}, options: ReplyOptions = {}): Reply {
    const words = this.#fill(this.#persona.texts[text], values)
    return this.#mannered(text, reply.ok(words, { charset: this.#charset, ...options }))
  }

  /** A negative reply in the persona's words. */
  err(text: PersonaTextName, values: Partial<TextValues> = {}): Reply {
    const refusal = this.#mannered(text, this.#refuse(this.#persona.texts[text], values))
    return this.#persona.policies.badTexts.includes(text) ? this.#bad(refusal) : refusal
  }

  /** A negative reply to arguments that were refused. */
  refused({ text, bad }: Refusal): Reply {
    const refusal = this.#refuse(text, {})
    return bad ? this.#bad(refusal) : refusal
  }

  /** All that a text may be made of. */
  values(given: Partial<TextValues> = {}): TextValues {
    return {
      ...this.#session(),
      ...this.#command,
      number: 0,
      messages: 0,
      octets: 0,
      lines: 0,
      marked: 0,
      removed: 0,
      last: 0,
      ...given,
    }
  }

  #refuse(text: PersonaText | undefined, values: Partial<TextValues>): Reply {
    const { code, text: words } = parseResponseCode(this.#fill(text, values))
    return reply.err(words, { code, charset: this.#charset })
  }

  /** Counts the command that is being carried out as a bad one; behind too many in a row the connection is closed. */
  #bad(refusal: Reply): Reply {
    this.#isBad = true
    this.#badCommands += 1
    if (this.#badCommands < this.#persona.policies.badCommands[this.#session().state]) return refusal
    const farewell = encodeReply(this.err('command.tooMany'))
    const both = deliverThrough(refusal, async function* (steps) {
      yield* steps
      yield* farewell
    })
    return followedBy(both, { type: 'close' })
  }

  /** As quick and as friendly as the persona is behind this text. */
  #mannered(text: PersonaTextName, answer: Reply): Reply {
    const { delays, closesAfter } = this.#persona.policies
    const ms = delays[text] ?? 0
    const paced =
      ms === 0
        ? answer
        : deliverThrough(answer, async function* (steps) {
            yield { type: 'wait', ms }
            yield* steps
          })
    return closesAfter.includes(text) ? followedBy(paced, { type: 'close' }) : paced
  }

  get #charset(): Reply['charset'] {
    return this.#persona.grammar.encoding === 'latin-1' ? 'latin-1' : 'utf-8'
  }

  #fill(text: PersonaText | undefined, given: Partial<TextValues>): string {
    const values = this.values(given)
    if (typeof text === 'function') return text(values)
    return (text ?? '').replaceAll(/\{(\w+)\}/g, (_, word: string) => String(Reflect.get(values, word) ?? '')).trimEnd()
  }
}
