/** The arguments of `net.Socket.prototype.connect`, in all the forms that Node takes. */

/** What a socket is told to connect to: the options of Node, of which these decide where. */
export interface ConnectOptions {
  readonly host?: string | null | undefined
  readonly port?: number | string | undefined
  /** A local socket, and no network. */
  readonly path?: string | null | undefined
}

/** The arguments, sorted. */
export interface ConnectArguments {
  readonly options: ConnectOptions
  readonly callback: unknown
}

/** Reads `(options, callback?)`, `(port, host?, callback?)`, `(path, callback?)`, and the one list that `net.connect()` makes of them. */
export function readConnectArguments(args: readonly unknown[]): ConnectArguments {
  const [first, second] = args
  if (Array.isArray(first)) return readConnectArguments(first)
  const callback = args.find((argument) => typeof argument === 'function')
  if (typeof first === 'object' && first !== null) return { options: first, callback }
  const host = typeof second === 'string' ? second : undefined
  if (typeof first === 'number' || isPort(first)) return { options: { port: first, host }, callback }
  return { options: {}, callback }
}

/** Node takes a number in text for a port, and any other text for the path of a local socket. */
function isPort(argument: unknown): argument is string {
  return typeof argument === 'string' && Number(argument) >= 0
}
