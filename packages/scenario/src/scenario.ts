/** A scenario: a misbehaviour of a server, kept as a file, for a mock server to play. */
import type { Handler, Persona, PersonaName, TlsOptions } from '@pop3kit/server'
import type { PersonaChanges } from './persona-changes.ts'

/** What a scenario sets up a server with. */
export interface ScenarioOptions {
  /** Whom it answers like, where that matters. */
  readonly persona?: PersonaName | Persona
  /** How it does TLS, where that matters. */
  readonly tls?: TlsOptions
  /** The handlers that play its faults. */
  readonly handlers: readonly Handler[]
}

/** A scenario that was read. */
export interface Scenario {
  /** What it is called: the path that it was read from. */
  readonly file: string
  /** One sentence about what happens. */
  readonly title: string
  /** Which server did it, and where that is known from. */
  readonly source: string | undefined
  /** Whom the server answers like, where that matters. */
  readonly persona: PersonaName | undefined
  /** What the persona does otherwise, whoever it is. */
  readonly changes: PersonaChanges | undefined
  /** How the server does TLS, where that matters. */
  readonly tls: TlsOptions | undefined
  /** The handlers that play its faults: `server.use(...scenario.handlers)`. */
  readonly handlers: readonly Handler[]
  /** What sets up a server for it: `setupPop3Server({ ...scenario.options, maildrops })`. */
  readonly options: ScenarioOptions
}
