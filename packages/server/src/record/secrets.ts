/** The secrets that a server knows: passwords, shared secrets of APOP, and access tokens. */
import { encodeBase64, encodeText } from '@pop3kit/codec'
import type { MaildropDirectory } from '../session/accounts.ts'

/** What is shorter is found in too many words by chance. */
const shortest = 5

/** The secrets of all maildrops of a server. */
export class Secrets {
  readonly #maildrops: MaildropDirectory
  /** How a secret may be written, kept because every line is searched for those of all maildrops. */
  readonly #forms = new Map<string, readonly Form[]>()

  constructor(maildrops: MaildropDirectory) {
    this.#maildrops = maildrops
  }

  /** Whether a text can be told as a secret from what else is said. */
  isSecret(text: string): boolean {
    return text.length >= shortest && this.#maildrops.get(text) === undefined
  }

  /** What stands in a line of these secrets and of others, as they are or in base64; the longest first, for others may be part of it. */
  standingIn(line: string, others: Iterable<string>): string[] {
    if (line.length < shortest) return []
    const lower = line.toLowerCase()
    const found: string[] = []
    for (const secret of this.#all(others)) {
      const forms = this.#formsOf(secret).filter((form) => lower.includes(form.lower))
      if (forms.length > 0 && this.isSecret(secret)) found.push(...forms.map(({ text }) => text))
    }
    return found.toSorted((one, other) => other.length - one.length)
  }

  *#all(others: Iterable<string>): Generator<string> {
    for (const { password = '', apopSecret = '', accessTokens } of this.#maildrops.values()) {
      yield password
      yield apopSecret
      yield* accessTokens.tokens
    }
    yield* others
  }

  #formsOf(secret: string): readonly Form[] {
    const known = this.#forms.get(secret)
    if (known !== undefined) return known
    const texts = secret.length < shortest ? [] : [secret, encodeBase64(encodeText(secret))]
    const forms = texts.map((text) => ({ text, lower: text.toLowerCase() }))
    this.#forms.set(secret, forms)
    return forms
  }
}

/** A secret as it may be written. */
interface Form {
  readonly text: string
  readonly lower: string
}
