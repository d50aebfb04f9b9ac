/** What a scenario file says, as data. */
import type { Duration } from '@pop3kit/codec'
import type {
  HandlerOptions,
  PersonaName,
  PersonaPolicies,
  PersonaTextName,
  PersonaState,
  TlsOptions,
} from '@pop3kit/server'

/** The policies whose values a file can hold as they are. */
type PlainPolicy =
  | 'lock'
  | 'sessionsPerUser'
  | 'deletion'
  | 'window'
  | 'expunged'
  | 'last'
  | 'retrieval'
  | 'connections'
  | 'cleartextLogin'
  | 'stlsAfterUtf8'
  | 'closesAfter'

/** The policies that a file may set. */
export interface PolicyDefinitions extends Partial<Pick<PersonaPolicies, PlainPolicy>> {
  readonly internationalized?: 'send' | 'refuse'
  readonly badCommands?: Readonly<Partial<Record<PersonaState, number>>>
  readonly loginDelay?: Duration
  readonly loginTime?: Duration
  readonly idle?: Readonly<Partial<Record<PersonaState, Duration>>>
  readonly delays?: Readonly<Partial<Record<PersonaTextName, Duration>>>
}

/** A handler as a file describes it. */
export interface HandlerDefinition extends HandlerOptions {
  /** The place: `RETR 2`, `greeting`. */
  readonly at: string
  /** The faults that stand there. They are checked when they are made. */
  readonly play: unknown
}

/** What a scenario file says. */
export interface ScenarioDefinition {
  readonly title: string
  readonly source?: string
  readonly persona?: PersonaName
  readonly texts?: Readonly<Partial<Record<PersonaTextName, string>>>
  readonly commands?: Readonly<Record<string, readonly PersonaState[] | null>>
  readonly policies?: PolicyDefinitions
  readonly tls?: Pick<TlsOptions, 'certificate' | 'hosts'>
  readonly handlers?: readonly HandlerDefinition[]
  /** For editors. */
  readonly $schema?: string
}
