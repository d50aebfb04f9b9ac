/** A persona is data: what a server says and how it reads, so that one session machine can answer like many servers. */
import type { LineEndings } from '@pop3kit/codec'
import type { UniqueIdFormat } from '../maildrop/maildrop.ts'
import type { SizeRule } from '../maildrop/snapshot.ts'

/**
 * The texts of a persona: what stands behind `+OK` or `-ERR`, response code included. `{words}` in braces are filled in:
 * `{timestamp}` in the greeting (empty when no maildrop has an APOP secret), `{number}`, `{messages}` and `{octets}` where a
 * reply is about messages, `{verb}` where it is about a command.
 */
export interface PersonaTexts {
  /** The first line. */
  readonly greeting: string
  /** There is no such command (R11). */
  readonly 'command.unknown': string
  /** The command exists, but not in this state (R12). */
  readonly 'command.state': string
  /** The argument is not one that the command takes (R11). */
  readonly 'command.syntax': string
  /** The command line is longer than the grammar allows. */
  readonly 'command.tooLong': string
  /** There is no message of this number. */
  readonly 'message.none': string
  /** The message is marked deleted (R32). */
  readonly 'message.deleted': string
  /** It was there at login, and somebody else removed it. */
  readonly 'message.gone': string
  /** The maildrop is open. */
  readonly 'login.ok': string
  /** Name and password, or digest, do not fit. */
  readonly 'login.refused': string
  /** Another session has the maildrop (R17). */
  readonly 'login.locked': string
  /** A name was given. */
  readonly 'user.ok': string
  /** A name was given right before (R18). */
  readonly 'user.again': string
  /** PASS without a name before it (R19). */
  readonly 'pass.userFirst': string
  /** PASS without a password. */
  readonly 'pass.syntax': string
  /** The capabilities follow. */
  readonly 'capa.ok': string
  /** The scan listings follow. */
  readonly 'list.ok': string
  /** The unique-ids follow. */
  readonly 'uidl.ok': string
  /** The message follows. */
  readonly 'retr.ok': string
  /** The top of the message follows. */
  readonly 'top.ok': string
  /** The message is marked deleted. */
  readonly 'dele.ok': string
  /** Nothing was done. */
  readonly 'noop.ok': string
  /** All marks are taken away. */
  readonly 'rset.ok': string
  /** Goodbye to somebody who never logged in. */
  readonly 'quit.beforeLogin': string
  /** Goodbye, the maildrop is updated. */
  readonly 'quit.ok': string
}

/** How a persona reads what a client sends. */
export interface PersonaGrammar {
  /** `strict`: only CRLF ends a command (R3); `lenient`: a bare LF does, too. */
  readonly lineEndings: LineEndings
  /** The longest command line it takes, in octets with its line end. */
  readonly lineOctets: number
  /** What happens to a longer one: it is refused, or taken for what it begins with. */
  readonly longLines: 'error' | 'truncate'
  /** `strict`: one SP behind the keyword and nothing before it; `lenient`: blanks before it, SP or TAB behind it. */
  readonly blanks: 'strict' | 'lenient'
  /** `strict`: all arguments there, decimal, and no others; `c`: what C's `atoi` makes of the first words, 0 for a missing one. */
  readonly numbers: 'strict' | 'c'
  /** Whether a command that takes no argument refuses one. */
  readonly surplus: 'refuse' | 'ignore'
  /** Whether blanks at the end of a password belong to it (R19). */
  readonly passwordBlanks: 'keep' | 'trim'
  /** `next`: PASS or nothing may follow USER (R19); `until-login`: the name holds until the login. */
  readonly userHolds: 'next' | 'until-login'
  /**
   * What becomes of commands that were read together with the one that logs in: they are answered (R51), or lost, because another
   * process takes over and knows nothing of them.
   */
  readonly readAhead: 'keep' | 'lose'
}

/** Lasting properties of the server that a persona speaks for. */
export interface PersonaPolicies {
  /** `exclusive`: one session at a time on a maildrop (R16); `shared`: each has its own snapshot. */
  readonly lock: 'exclusive' | 'shared'
  /** Idle milliseconds after which the server closes without a word (R13, R14), before and after the login. */
  readonly idle: { readonly AUTHORIZATION: number; readonly TRANSACTION: number }
  /** How the octets of a message are counted (R29). */
  readonly size: SizeRule
  /** What a unique-id looks like when a message was given none. */
  readonly uniqueId: UniqueIdFormat
}

/** The states of a session in which commands are taken (RFC 1939 section 3). */
export type PersonaState = 'AUTHORIZATION' | 'TRANSACTION'

/** What makes the mock answer like a certain server. */
export interface Persona {
  /** What it is called: `strict`, `courier`. */
  readonly name: string
  /** What it says. */
  readonly texts: PersonaTexts
  /** What CAPA lists, before and after the login. */
  readonly capabilities: Readonly<Record<PersonaState, readonly string[]>>
  /** Whether APOP is offered when a maildrop has a secret for it. */
  readonly apop: boolean
  /** How it reads. */
  readonly grammar: PersonaGrammar
  /** What it does besides. */
  readonly policies: PersonaPolicies
}
