/** Logging in with USER and PASS or with APOP (RFC 1939 section 7). */
import { apopDigest, isResponseCode, parseApopTimestamp, Pop3ArgumentError, type ReplyStatus } from '@pop3kit/codec'
import { Pop3ClosedError, Pop3ReplyError } from './errors.ts'
import { type Request, request } from './request.ts'

/** Who logs in, and how. */
export interface Pop3Auth {
  /** The name of the mailbox. */
  readonly user: string
  /** The password, or the secret shared for APOP. */
  readonly pass: string
  /**
   * `USER`: name and password, in clear. `APOP`: a digest of the greeting's timestamp and the secret (RFC 1939 section 7).
   * A mechanism named here is never replaced by another. By default it is APOP when the greeting carries a timestamp,
   * then USER on the same connection if the server refuses APOP for another reason than `[IN-USE]`, `[LOGIN-DELAY]` or
   * `[SYS/...]`; otherwise USER.
   */
  readonly mechanism?: 'USER' | 'APOP' | undefined
}

/** How a command is sent and answered; `-ERR` is thrown. */
type Exchange = (request: Request) => Promise<ReplyStatus>

/** Logs in by the named mechanism, or by the best one the greeting offers. */
export async function login(exchange: Exchange, greeting: ReplyStatus, auth: Pop3Auth): Promise<void> {
  // Both are made before either is sent: a password that cannot be sent stops the name too
  const user = request('USER', [auth.user])
  const pass = request('PASS', [auth.pass], auth.pass)
  const plain = async (): Promise<void> => {
    await exchange(user)
    await exchange(pass)
  }
  const timestamp = auth.mechanism === 'USER' ? undefined : parseApopTimestamp(greeting.text)
  if (timestamp === undefined) {
    if (auth.mechanism !== 'APOP') return plain()
    throw new Pop3ArgumentError(`Cannot log in with APOP: expected a timestamp in the greeting "${greeting.line}"`)
  }
  try {
    const digest = apopDigest(timestamp, auth.pass)
    await exchange(request('APOP', [auth.user, digest], digest))
  } catch (refusal) {
    if (auth.mechanism === 'APOP' || !(refusal instanceof Pop3ReplyError) || !worthAnotherTry(refusal)) throw refusal
    await plain().catch((error: unknown) => {
      // M56: some close after a failed APOP, and then its refusal is what matters
      throw error instanceof Pop3ClosedError ? refusal : error
    })
  }
}

/** The mailbox is busy or broken, whatever the mechanism (R57, R58, R70). */
function worthAnotherTry({ responseCode }: Pop3ReplyError): boolean {
  return !['IN-USE', 'LOGIN-DELAY', 'SYS'].some((code) => isResponseCode(responseCode, code))
}
