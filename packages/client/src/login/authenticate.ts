/** AUTH: a login by way of a SASL mechanism (RFC 5034 section 4). */
import { decodeChallenge, decodeText, encodeBase64, type ReplyStatus } from '@pop3kit/codec'
import type { Connection } from '../connection.ts'
import { withoutExcerpt } from '../redaction.ts'
import { SaslExchange } from '../sasl/exchange.ts'
import { Failure, type Mechanism, UntrustedServer } from '../sasl/mechanism.ts'

/** What cancels an exchange (R77). */
const cancellation = '*'

interface AuthenticateOptions {
  /** Whether the server takes an initial response (R72). */
  readonly initialResponse: boolean
  /** What no error shows; what is said is added. */
  readonly secrets: string[]
}

/** Says what the mechanism has to say, until the server accepts it or refuses; `-ERR` is thrown. */
export async function authenticate<Credentials>(
  connection: Connection,
  { name, converse, afterFailure }: Mechanism<Credentials>,
  credentials: Credentials,
  { initialResponse, secrets }: AuthenticateOptions,
): Promise<void> {
  const conversation = converse(credentials)
  const first = conversation.next().value ?? undefined
  const exchange = new SaslExchange(connection, name, initialResponse ? first : undefined, secrets)
  const next = async (reply: ReplyStatus): Promise<IteratorResult<Uint8Array | undefined, void>> => {
    try {
      return conversation.next(reply)
    } catch (error) {
      // After "+OK" the server takes whatever comes for a command
      if (error instanceof UntrustedServer || reply.ok) throw connection.fail(withoutExcerpt(error))
      const refusal = await exchange.giveUp(cancellation, error instanceof Failure ? error.message : undefined)
      throw error instanceof Failure ? refusal : withoutExcerpt(error)
    }
  }

  let reply = await exchange.begin()
  if (first && !exchange.includesResponse) reply = await exchange.respond(first)
  for (let step = await next(reply); !step.done; step = await next(reply)) reply = await exchange.respond(step.value)
  // What comes when all has been said explains why that is not enough
  if (!reply.ok)
    throw await exchange.giveUp(afterFailure ? encodeBase64(afterFailure) : cancellation, explanation(reply))
}

/** JSON in base64 (R86, R89), or whatever it is that stands behind the "+". */
function explanation(challenge: ReplyStatus): string {
  try {
    return decodeText(decodeChallenge(challenge))
  } catch {
    return challenge.text
  }
}
