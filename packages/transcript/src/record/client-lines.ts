/** The lines of a client without their secrets, wherever those stand: behind PASS, APOP and AUTH, and in SASL exchanges. */
import { decodeLatin1, encodeLatin1 } from '@pop3kit/codec'
import { hidden, hiddenResponse, withoutSecrets } from '../secrets.ts'
import { isCommand, verbOf } from '../verbs.ts'

/** What is shorter is found in too many words by chance. */
const shortestSecret = 3

/** The client of one session. */
export class ClientLines {
  /** AUTH was said, and no command since. */
  #isInExchange = false
  /** The server asked for a line of the exchange. */
  #isChallenged = false
  readonly #secrets: Uint8Array[] = []

  /** A line without its end, as it may be shown. */
  show(octets: Uint8Array): Uint8Array {
    const line = decodeLatin1(octets)
    const isResponse = this.#isInExchange && (this.#isChallenged || !isCommand(line))
    this.#isChallenged = false
    if (!isResponse) this.#isInExchange = verbOf(line) === 'AUTH' && /^\S+[ \t]+\S/.test(line)
    const shown = isResponse ? hiddenResponse(line) : withoutSecrets(line)
    if (shown === line) return octets
    const secret = line.slice(shown.length - hidden.length)
    if (secret.length >= shortestSecret) this.#secrets.push(encodeLatin1(secret))
    return encodeLatin1(shown)
  }

  /** The server asked for a line of a SASL exchange. */
  challenged(): void {
    this.#isChallenged = true
  }

  /** Takes secrets out of what the server repeats, in place and octet by octet. */
  hide(line: Uint8Array): void {
    const text = decodeLatin1(line).toLowerCase()
    for (const secret of this.#secrets) {
      const sought = decodeLatin1(secret).toLowerCase()
      for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + 1)) {
        line.fill(0x2a, at, at + sought.length)
      }
    }
  }
}
