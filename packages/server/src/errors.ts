/** The errors of the server. All have a stable `code` and the brand of the kit. */
import { Pop3Error } from '@pop3kit/codec'

/** The server cannot listen where it was told to. */
export class Pop3ListenError extends Pop3Error {
  /** The address that was asked for. */
  readonly host: string
  /** The port that was asked for. */
  readonly port: number

  constructor(host: string, port: number, cause: Error) {
    const why = 'code' in cause && cause.code === 'EADDRINUSE' ? 'the port is in use' : cause.message
    super('POP3_LISTEN', `Cannot listen on ${host}:${port}: ${why}`, { cause })
    this.host = host
    this.port = port
  }
}

/** A handler or a listener threw, or a lazy message could not be read, while sessions were served. */
export class Pop3HandlerError extends Pop3Error {
  constructor(errors: readonly unknown[], seed: number) {
    const who =
      errors.length === 1
        ? 'a handler, a listener or a lazy message'
        : `${errors.length} handlers, listeners or lazy messages`
    const all = errors.map(String)
    const what = all.join(all.some((text) => text.includes('\n')) ? '\n' : '; ')
    super('POP3_HANDLER', `Cannot pass over what ${who} threw (seed ${seed}): ${what}`, { cause: errors[0] })
  }
}

/** Faults have not fired as often as they were to. */
export class Pop3PendingFaultsError extends Pop3Error {
  /** All faults of handlers, and code that says how often it is asked, with how often each was to fire and did. */
  readonly table: string

  constructor(count: number, table: string, seed: number) {
    const which = count === 1 ? 'a fault that has' : `${count} faults that have`
    super('POP3_PENDING_FAULTS', `Cannot pass over ${which} not fired as often as expected (seed ${seed}):\n${table}`)
    this.table = table
  }
}
