/** Whom a replay answers like: nobody. All words are from the transcript, and what a client says is taken as it comes. */
import { decodeText, encodeText, parseCommand } from '@pop3kit/codec'
import { type LineLimit, type Persona, definePersona } from '@pop3kit/server'
import { withoutSecrets } from '../secrets.ts'

/** Enough for any access token. */
const line: LineLimit = { octets: 65_536, longer: 'refuse' }

/** Nothing is hurried: idle sessions end where they end in the transcript. */
const never = Infinity

/** Made anew each time: a persona is a value. */
export function replayPersona(): Persona {
  return definePersona({
    name: 'replay',
    grammar: {
      lineEndings: 'lenient',
      line: { AUTHORIZATION: line, TRANSACTION: line },
      encoding: 'any',
      // The session machine knows of no SASL exchange here: what may be a response must not be recorded as a command.
      command: (octets) => {
        const text = decodeText(octets)
        return parseCommand(withoutSecrets(text) === text ? octets : encodeText(withoutSecrets(text)))
      },
    },
    policies: { idle: { AUTHORIZATION: never, TRANSACTION: never } },
  })
}
