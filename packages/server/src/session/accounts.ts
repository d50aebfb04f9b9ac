/** Who may log in: the maildrops of the server, as the persona reads names and compares passwords. */
import type { Maildrop } from '../maildrop/maildrop.ts'
import type { Persona, PersonaPolicies } from '../personas/persona.ts'

/** The maildrops of a server. */
export interface MaildropDirectory {
  /** The maildrop of a user, if there is one. */
  readonly get: (user: string) => Maildrop | undefined
  /** All of them. */
  readonly values: () => Iterable<Maildrop>
}

/** The accounts, as a persona sees them. */
export class Accounts {
  readonly #persona: Persona
  readonly #maildrops: MaildropDirectory

  constructor(persona: Persona, maildrops: MaildropDirectory) {
    this.#persona = persona
    this.#maildrops = maildrops
  }

  /** What a name is looked up as; `undefined` when no mailbox can have it. */
  canonicalName(name: string): string | undefined {
    const { userName } = this.#persona.grammar
    return userName === undefined ? name : userName(name)
  }

  /** The maildrop of a user. */
  find(user: string): Maildrop | undefined {
    if (this.#persona.grammar.userName === undefined) return this.#maildrops.get(user)
    const name = this.canonicalName(user)
    if (name === undefined) return undefined
    return [...this.#maildrops.values()].find((maildrop) => this.canonicalName(maildrop.user) === name)
  }

  /** The maildrop that an access token is for at this moment. */
  async findByToken(token: string, now: number): Promise<Maildrop | undefined> {
    for (const maildrop of this.#maildrops.values()) {
      if ((await maildrop.accessTokens.judge(token, now)) !== 'invalid_token') return maildrop
    }
    return undefined
  }

  /** Whether a password is that of a maildrop. */
  isPasswordOf(maildrop: Maildrop, password: string): boolean {
    return maildrop.password !== undefined && this.policiesOf(maildrop).samePassword(password, maildrop.password)
  }

  /** Whether there is a maildrop of a kind. */
  some(is: (maildrop: Maildrop) => boolean): boolean {
    return [...this.#maildrops.values()].some(is)
  }

  /** What holds for a maildrop. */
  policiesOf(maildrop: Maildrop): PersonaPolicies {
    return { ...this.#persona.policies, ...maildrop.policies }
  }

  /** The policies that a session could come under before it is known whose it is. */
  policiesOfAll(): PersonaPolicies[] {
    const all = [...this.#maildrops.values()].map((maildrop) => this.policiesOf(maildrop))
    return all.length > 0 ? all : [this.#persona.policies]
  }
}
