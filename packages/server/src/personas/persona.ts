/** A persona is data: what a server says, how it reads, and what it does besides, so that one session machine answers like many servers. */
import type { Command, LineEndings, PlainCredentials } from '@pop3kit/codec'
import type { MaildropPolicies } from '../maildrop/policies.ts'
import type { SaslMechanismName } from '../sasl/index.ts'
import type { ArgumentReader } from './argument-reader.ts'

/** The states of a session in which commands are taken (RFC 1939 section 3). */
export type PersonaState = 'AUTHORIZATION' | 'TRANSACTION'

/** What is known when a text is said; what does not apply is empty or 0. */
export interface TextValues {
  /** The state of the session. */
  readonly state: PersonaState
  /** Whether the session is secured by TLS. */
  readonly secure: boolean
  /** The number of the session on this server. */
  readonly session: number
  /** The verb of the command, in upper case; of the one that is not finished where the client has been silent too long. */
  readonly verb: string
  /** What stood behind it. */
  readonly argument: string
  /** The number of the message it is about. */
  readonly number: number
  /** How many messages there are: all in replies that refuse one, otherwise those that are not marked deleted. */
  readonly messages: number
  /** Their octets, or the octets of the message. */
  readonly octets: number
  /** How many lines of the body TOP asks for; less than 0 where that means all. */
  readonly lines: number
  /** How many messages are marked deleted at QUIT, or were at RSET. */
  readonly marked: number
  /** How many messages QUIT removed. */
  readonly removed: number
  /** The highest message number that was accessed (LAST). */
  readonly last: number
  /** The tag of the language that LANG chose. */
  readonly language: string
  /** The APOP timestamp of the greeting, when a maildrop has a secret. */
  readonly timestamp: string
  /** A number that no other session has. */
  readonly nonce: string
}

/** What stands behind `+OK` or `-ERR`, response code included: `{words}` in braces are filled in from {@link TextValues}, or a function of them. */
export type PersonaText = string | ((values: TextValues) => string)

/** The texts of a persona. */
export interface PersonaTexts {
  /** The first line. */
  readonly greeting: PersonaText
  /** The first line where the server has as many sessions as it takes; without it the server closes without a word. */
  readonly 'greeting.crowded': PersonaText | undefined
  /** There is no such command (R11). */
  readonly 'command.unknown': PersonaText
  /** The command exists, but not in this state (R12). */
  readonly 'command.state': PersonaText
  /** The line is no command, whatever its verb. */
  readonly 'command.malformed': PersonaText
  /** The command is not UTF-8 (R94). */
  readonly 'command.encoding': PersonaText
  /** The command line is longer than the grammar allows. */
  readonly 'command.tooLong': PersonaText
  /** The last of too many bad commands; the connection is closed. */
  readonly 'command.tooMany': PersonaText
  /** There is no message of this number. */
  readonly 'message.none': PersonaText
  /** The message is marked deleted (R32). */
  readonly 'message.deleted': PersonaText
  /** It was there at login, and somebody else removed it. */
  readonly 'message.gone': PersonaText
  /** Its header is in UTF-8, and the client has not said UTF8 (R91, R92). */
  readonly 'message.utf8': PersonaText
  /** The maildrop is open. */
  readonly 'login.ok': PersonaText
  /** Name and password, or digest, do not fit. */
  readonly 'login.refused': PersonaText
  /** Another session has the maildrop (R17, R58). */
  readonly 'login.locked': PersonaText
  /** The last login is not long enough ago (R50, R57). */
  readonly 'login.tooSoon': PersonaText
  /** The user has as many sessions as the server allows. */
  readonly 'login.tooMany': PersonaText
  /** Name and password are longer than the server can pass on. */
  readonly 'login.overlong': PersonaText
  /** Passwords are taken over TLS only (R69, M63). */
  readonly 'login.cleartext': PersonaText
  /** A name was given. */
  readonly 'user.ok': PersonaText
  /** A name was given right before (R18). */
  readonly 'user.again': PersonaText
  /** No mailbox can have this name. */
  readonly 'user.invalid': PersonaText
  /** PASS without a name before it (R19). */
  readonly 'pass.userFirst': PersonaText
  /** APOP where no maildrop has a secret for it. */
  readonly 'apop.unavailable': PersonaText
  /** AUTH without a mechanism, where the mechanisms are listed. */
  readonly 'auth.list': PersonaText
  /** There is no such mechanism (R79). */
  readonly 'auth.unknown': PersonaText
  /** An initial response where the server speaks first (R79), or takes none (R87). */
  readonly 'auth.initial': PersonaText
  /** The response is not base64 (R77, R78). */
  readonly 'auth.base64': PersonaText
  /** The response is base64 that is cut short, where the persona tells that apart. */
  readonly 'auth.unfinished': PersonaText
  /** The initial response is not base64. */
  readonly 'auth.initialBase64': PersonaText
  /** The response is base64, but not what the mechanism wants (R78). */
  readonly 'auth.malformed': PersonaText
  /** The client gave up with `*` (R76). */
  readonly 'auth.cancelled': PersonaText
  /** The credentials are wrong. */
  readonly 'auth.refused': PersonaText
  /** TLS begins. */
  readonly 'stls.ok': PersonaText
  /**
   * What came behind STLS is no handshake: it goes on in clear, behind the five octets that it took for the header of a record. Without
   * this text the connection is closed.
   */
  readonly 'stls.failed': PersonaText | undefined
  /** TLS is there already (R61). */
  readonly 'stls.active': PersonaText
  /** There is no TLS. */
  readonly 'stls.unavailable': PersonaText
  /** The capabilities follow. */
  readonly 'capa.ok': PersonaText
  /** The scan listings follow. */
  readonly 'list.ok': PersonaText
  /** The unique-ids follow. */
  readonly 'uidl.ok': PersonaText
  /** The message follows. */
  readonly 'retr.ok': PersonaText
  /** The top of the message follows. */
  readonly 'top.ok': PersonaText
  /** The message is marked deleted. */
  readonly 'dele.ok': PersonaText
  /** Nothing was done. */
  readonly 'noop.ok': PersonaText
  /** All marks are taken away. */
  readonly 'rset.ok': PersonaText
  /** The highest message number that was accessed. */
  readonly 'last.ok': PersonaText
  /** UTF-8 is on (R90). */
  readonly 'utf8.ok': PersonaText
  /** The languages follow (R95). */
  readonly 'lang.list': PersonaText
  /** The language is another one now (R95). */
  readonly 'lang.ok': PersonaText
  /** There is no such language (R95). */
  readonly 'lang.unknown': PersonaText
  /** Nothing was done about XCLIENT or XOIP. */
  readonly 'xclient.ok': PersonaText
  /** Goodbye to somebody who never logged in. */
  readonly 'quit.beforeLogin': PersonaText
  /** Goodbye, the maildrop is updated. */
  readonly 'quit.ok': PersonaText
  /** Goodbye, but not all that was marked could be removed (R38). */
  readonly 'quit.incomplete': PersonaText
  /** The connection was silent too long; without it the server closes without a word (R14). */
  readonly idle: PersonaText | undefined
}

/** The name of a text. */
export type PersonaTextName = keyof PersonaTexts

/** How long a command line may be. */
export interface LineLimit {
  /** The longest command line it takes, in octets with its line end. */
  readonly octets: number
  /**
   * What happens to a longer one: it is refused, taken for what it begins with, read as several lines, refused and the connection
   * reset, or the connection is reset without a word.
   */
  readonly longer: 'refuse' | 'truncate' | 'split' | 'reset' | 'drop'
}

/** How long a command line may be, when that depends on what has come of it (`AUTH` with an initial response, R74). */
export type LineLimitRule = (beginning: Uint8Array) => LineLimit

/** How a persona reads what a client sends. */
export interface PersonaGrammar {
  /** `strict`: only CRLF ends a command (R3); `lenient`: a bare LF does, too. */
  readonly lineEndings: LineEndings
  /** How long a command line may be, before and after the login. */
  readonly line: Readonly<Record<PersonaState, LineLimit | LineLimitRule>>
  /** How long a response in a SASL exchange may be, when there is a limit besides the server's (R81). */
  readonly response?: LineLimit | undefined
  /**
   * Whether a command that is not UTF-8 is refused (R94) or taken as it is. `latin-1`: it is, and what the server says is Latin-1, too,
   * so that a command which it repeats comes back octet by octet.
   */
  readonly encoding: 'utf-8' | 'any' | 'latin-1'
  /** Takes a line apart into verb and argument; the keyword ends at the first SP when it is not given (R3). */
  readonly command?: ((line: Uint8Array, state: PersonaState) => Omit<Command, 'offset'>) | undefined
  /** Whether the server does not survive a command: it closes the connection without a word. */
  readonly crashesOn?: ((command: Pick<Command, 'verb' | 'argument'>, state: PersonaState) => boolean) | undefined
  /** Whether a command is refused before its verb is looked up. */
  readonly isMalformed?: ((command: Pick<Command, 'verb' | 'argument'>) => boolean) | undefined
  /** Whether a line, without its end, swallows the one behind it: that is read, and thrown away, before the command is carried out. */
  readonly swallowsNext?: ((line: Uint8Array) => boolean) | undefined
  /** What becomes of a line that is not ended when the client has half-closed: it is dropped (R3), or taken for a whole one. */
  readonly unendedLine: 'drop' | 'take'
  /** Reads what stands behind a verb. */
  readonly arguments: ArgumentReader
  /** The text that refuses a name and a password which PASS cannot look up, whosever they are. */
  readonly credentials?: ((name: string, password: string) => PersonaTextName | undefined) | undefined
  /** What the name of a mailbox is looked up as, `undefined` when it cannot be one; the same for two names of one mailbox. */
  readonly userName?: ((name: string) => string | undefined) | undefined
  /** `next`: PASS or nothing may follow USER (R19); `until-pass`, `until-login`: the name holds so long. */
  readonly userHolds: 'next' | 'until-pass' | 'until-login'
  /** Whether another name may be given while one holds (R18). */
  readonly anotherUser: 'taken' | 'refused'
  /**
   * What becomes of commands that were read together with the one that logs in: they are answered (R51); lost, because another process
   * takes over and knows nothing of them; or `mistaken`: behind AUTH as many octets are read from the beginning of the packet once more.
   */
  readonly readAhead: 'keep' | 'lose' | 'mistaken'
  /**
   * What becomes of octets that came in clear behind STLS: they are thrown away (R65), answered inside TLS (CVE-2011-0411), or
   * taken for the beginning of the handshake, which fails then.
   */
  readonly readAheadOfTls: 'discard' | 'answer' | 'handshake'
  /** What a client is sent that begins with something else where the TLS handshake is due: a record, octet by octet. */
  readonly tlsAlert?: Uint8Array | undefined
}

/** How a persona does AUTH (RFC 5034). */
export interface PersonaSasl {
  /** The mechanisms that it takes, the best first; those that no maildrop can use are left out. */
  readonly mechanisms: readonly SaslMechanismName[]
  /** The mechanisms that take no initial response although the client speaks first in them (R87, M58). */
  readonly noInitial?: readonly SaslMechanismName[] | undefined
  /**
   * Reads base64 where that is not done by the letter (R77): the octets, or the text that refuses it, which is `refusal` by the letter. When the initial response is
   * `auth.unfinished`, more of it is asked for, and the connection is closed behind whatever comes, as Cyrus 3.6.1 crashes.
   */
  readonly base64?:
    | ((text: string, refusal: 'auth.base64' | 'auth.initialBase64') => Uint8Array | PersonaTextName)
    | undefined
  /** Whether base64 that is none is only noticed when the client has said all: LOGIN goes on to ask for the password. */
  readonly lateBase64?: boolean | undefined
  /** The mechanisms of which another process reads the messages: whatever is wrong with one is `auth.refused`. */
  readonly opaque?: readonly SaslMechanismName[] | undefined
  /** Reads a message of PLAIN where that is not done by the letter; throws Pop3ProtocolError when it is none. */
  readonly plain?: ((message: Uint8Array) => PlainCredentials) | undefined
  /** The line that is an empty challenge: `+ ` by the letter (R75). */
  readonly emptyChallenge: string
  /**
   * `checked`: a user may only act for herself (R84); `repeated`: the authorization identity has to be the name that authenticates, as it
   * is written; `ignored`: any will do.
   */
  readonly authorizationIdentity: 'checked' | 'repeated' | 'ignored'
  /** Whether LOGIN asks for the password of such a name, or refuses it at once; without it all names are taken. */
  readonly takesName?: ((name: string) => boolean) | undefined
  /** The challenge that CRAM-MD5 begins with. */
  readonly cramChallenge: (values: TextValues) => string
  /** The challenge that DIGEST-MD5 begins with, where it is announced (RFC 2831 section 2.1.1). */
  readonly digestChallenge?: ((values: TextValues) => string) | undefined
}

/** Lasting properties of the server that a persona speaks for. A maildrop may have some of its own. */
export interface PersonaPolicies extends MaildropPolicies {
  /** Idle milliseconds after which the server closes (R13, R14), before and after the login. */
  readonly idle: Readonly<Record<PersonaState, number>>
  /** Milliseconds from the greeting to the login, behind which the server closes even if the client was not idle. */
  readonly loginTime: number
  /** The most connections at a time. */
  readonly connections: number
  /** Whether a password may cross the wire without TLS (M63, R69). */
  readonly cleartextLogin: 'allowed' | 'refused'
  /** Whether STLS is taken, and announced, behind UTF8 (R93). */
  readonly stlsAfterUtf8: 'allowed' | 'refused'
  /** The most bad commands in a row, before and after the login; then the server closes. */
  readonly badCommands: Readonly<Record<PersonaState, number>>
  /** The texts that make a command a bad one, besides the refusal of its arguments. */
  readonly badTexts: readonly PersonaTextName[]
  /** The verbs of commands that neither belong to a row of bad ones nor end it. */
  readonly uncounted: readonly string[]
  /** Milliseconds that a reply takes on the server's clock, by its text. */
  readonly delays: Readonly<Partial<Record<PersonaTextName, number>>>
  /** The texts behind which the server closes the connection. */
  readonly closesAfter: readonly PersonaTextName[]
}

/** What decides about the capabilities. */
export interface CapabilityFacts {
  /** The state of the session. */
  readonly state: PersonaState
  /** Whether the persona knows a verb. */
  readonly knows: (verb: string) => boolean
  /** The verb that logged in; empty before the login. */
  readonly loginVerb: string
  /** Whether TLS is active. */
  readonly secure: boolean
  /** Whether TLS could begin: it is there and not active yet. */
  readonly stls: boolean
  /** Whether names and passwords are taken now. */
  readonly login: boolean
  /** The mechanisms that AUTH would take now. */
  readonly mechanisms: readonly string[]
  /** What LOGIN-DELAY should say: seconds, the largest of all users and `USER` as long as that is not known (R50); `undefined` for none. */
  readonly loginDelay: string | undefined
  /** What EXPIRE should say: `0` when RETR implies removal, `NEVER` otherwise, and `USER` where it depends on the user (R53). */
  readonly expire: string
}

/** What makes the mock answer like a certain server. */
export interface Persona {
  /** What it is called: `strict`, `courier`. */
  readonly name: string
  /** What it says. */
  readonly texts: PersonaTexts
  /** The verbs that it knows, and the states in which it takes them. */
  readonly commands: Readonly<Record<string, readonly PersonaState[]>>
  /** What CAPA lists. */
  readonly capabilities: (facts: CapabilityFacts) => readonly string[]
  /** The timestamp of the greeting when a maildrop has an APOP secret (R20); without it there is no APOP. */
  readonly timestamp: ((values: TextValues) => string) | undefined
  /** The languages of LANG (R95), the default first: tag and description. */
  readonly languages: Readonly<Record<string, string>>
  /** How it reads. */
  readonly grammar: PersonaGrammar
  /** How it does AUTH. */
  readonly sasl: PersonaSasl
  /** What it does besides. */
  readonly policies: PersonaPolicies
}
