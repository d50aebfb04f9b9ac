/** AUTH on the wire: lines of base64, and errors that show nothing of what was said (RFC 5034 section 4). */
import { encodeBase64, encodeInitialResponse, encodeText, Pop3ProtocolError, type ReplyStatus } from '@pop3kit/codec'
import type { Connection } from '../connection.ts'
import { Pop3ReplyError } from '../errors.ts'
import { hidden, redact, redactReply } from '../redaction.ts'
import { type Request, request } from '../request.ts'

/** The longest command line, its CRLF included: a longer initial response waits until it is asked for (R74). */
const maxOctets = 255

export class SaslExchange {
  readonly #connection: Connection
  readonly #secrets: string[]
  readonly #command: Request
  /** Whether the first response goes with AUTH. */
  readonly includesResponse: boolean

  /** What is said is added to `secrets`, which no error shows. */
  constructor(connection: Connection, mechanism: string, response: Uint8Array | undefined, secrets: string[]) {
    const argument = encodeInitialResponse(response)
    const long = argument === undefined ? undefined : request('AUTH', [mechanism, argument])
    this.includesResponse = long !== undefined && long.octets.length <= maxOctets
    this.#command = long && this.includesResponse ? long : request('AUTH', [mechanism])
    this.#connection = connection
    this.#secrets = secrets
    // What stands for a response of no octets is no secret
    if (argument !== undefined && response?.length !== 0) secrets.push(argument)
  }

  /** Sends AUTH, and gives the challenge or the `+OK` that answers it; `-ERR` is thrown. */
  begin(): Promise<ReplyStatus> {
    return this.#continue(this.#command.octets)
  }

  /** Answers a challenge, as `begin()` begins. */
  respond(response: Uint8Array = new Uint8Array()): Promise<ReplyStatus> {
    const line = encodeBase64(response)
    this.#secrets.push(line)
    return this.#continue(encodeText(`${line}\r\n`))
  }

  /** Ends an exchange that has failed, and gives the refusal, with what the server has said about it. */
  async giveUp(line: string, explanation?: string): Promise<Error> {
    const reply = await this.#ask(encodeText(`${line}\r\n`))
    if (reply.status === '-ERR') return this.#refusal(reply, explanation)
    const message = `Cannot read the reply at offset ${reply.offset}: expected "-ERR" to an exchange that was given up`
    return this.#connection.fail(new Pop3ProtocolError(message, { offset: reply.offset, excerpt: hidden }))
  }

  async #continue(octets: Uint8Array): Promise<ReplyStatus> {
    const reply = await this.#ask(octets)
    if (reply.status === '-ERR') throw this.#refusal(reply)
    return reply
  }

  #ask(octets: Uint8Array): Promise<ReplyStatus> {
    this.#connection.write(octets)
    return this.#connection.challenge()
  }

  #refusal(reply: ReplyStatus, explanation?: string): Pop3ReplyError {
    const shown = explanation === undefined ? undefined : redact(explanation, this.#secrets)
    return new Pop3ReplyError(redactReply(reply, this.#secrets), this.#command.text, shown)
  }
}
