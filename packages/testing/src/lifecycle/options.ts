/** What a server of a test is set up with. */
import type { ListenOptions, Pop3ServerOptions } from '@pop3kit/server'

/** The options of `setupPop3Server()`, and where to listen. */
export interface Pop3TestOptions extends Pop3ServerOptions {
  /** Where it listens. Without it: on loopback, on a free port, in clear. */
  readonly listen?: ListenOptions | undefined
}
