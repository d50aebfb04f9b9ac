/** The error of connections that are not to go where they were to go. */
import { Pop3Error } from '@pop3kit/codec'

/** A connection was refused because its host is redirected to a server that does not listen, or is not redirected at all. Code `POP3_REDIRECT`. */
export class Pop3RedirectError extends Pop3Error {
  /** The host that the application wanted. */
  readonly host: string
  /** The port that the application wanted. */
  readonly port: number

  constructor(host: string, port: number, message: string) {
    super('POP3_REDIRECT', message)
    this.host = host
    this.port = port
  }
}
