/** What is known of a client that others wrote: where it comes from, how it is run, and what it makes of a message. */

/** How a connection is protected: not at all, by STLS (RFC 2595 section 4), or from its first octet on (RFC 8314 section 3). */
export const encryptions = ['none', 'starttls', 'implicit'] as const
export type Encryption = (typeof encryptions)[number]

/** What people call them. */
export const ways = { none: 'in clear', starttls: 'STLS', implicit: 'implicit TLS' } as const satisfies Record<
  Encryption,
  string
>

/** A mechanism of AUTH (RFC 5034), or one of the two logins of RFC 1939. */
export type Login =
  | 'PASS'
  | 'APOP'
  | 'PLAIN'
  | 'LOGIN'
  | 'CRAM-MD5'
  | 'SCRAM-SHA-1'
  | 'SCRAM-SHA-256'
  | 'XOAUTH2'
  | 'OAUTHBEARER'
  | 'EXTERNAL'

/** What a client is told. */
export interface Errand {
  readonly host: string
  readonly port: number
  readonly user: string
  /** The password; for XOAUTH2 and OAUTHBEARER the access token. */
  readonly password: string
  /** How many messages there are, for those that must be told. */
  readonly count: number
  readonly encryption: Encryption
  /** How to log in. It chooses by itself when nothing is said. */
  readonly login: Login | undefined
  /** Whether the messages stay on the server; they are deleted from it otherwise. */
  readonly keep: boolean
  /** Its own: the folder in which it runs, and its home. */
  readonly folder: string
}

/** Files in the folder, as PEM: whom to trust, and for EXTERNAL what to show. */
export const authority = 'authority.pem'
export const certificate = 'certificate.pem'
export const key = 'key.pem'

export type Command = readonly [program: string, ...args: string[]]

/** How to run an errand. */
export interface Run {
  /** Its configuration, by file name in the folder. */
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly command: Command
}

/** Messages, by unique-id or file, that do not come out as they went in. */
interface Alteration {
  readonly messages: readonly string[]
  /** What is done to them, for docs/interop.md. */
  readonly what: string
  /** Whether something is exactly that. */
  readonly accepts: (got: string, sent: string) => boolean
}

/** A message, by unique-id, that is left out of the mailbox for a client. */
interface Avoidance {
  readonly message: string
  readonly encryptions: readonly Encryption[]
  /** What happens with it, for docs/interop.md. */
  readonly why: string
  /** Whether it comes through all the same, after a long time. */
  readonly survives: boolean
}

/** Messages are text of one character an octet. */
export interface Client {
  readonly name: string
  /** The Debian packages that it needs; none where only the machine, or pnpm, has it. */
  readonly packages: readonly string[]
  /** Succeeds where the client is installed; the first number with a dot that it prints is the version. */
  readonly version: Command
  /** What more must succeed, for an encryption. */
  readonly needs?: Partial<Readonly<Record<Encryption, Command>>>
  readonly run: (errand: Errand) => Run
  /** The exit statuses besides 0 that say that nothing went wrong. */
  readonly contentWith?: readonly number[]
  /** What it says when nothing is wrong. */
  readonly mutters?: RegExp
  /** The messages that it left in its folder, in the order of the maildrop. */
  readonly delivered: (folder: string) => Promise<string[]>
  /** The message without what it adds to every message or changes in it. */
  readonly undo?: (delivered: string, encryption: Encryption) => string
}

/** A client of which docs/interop.md tells, and what is known of it for that. */
export interface InteropClient extends Client {
  /** Why it cannot do an encryption. */
  readonly cannot?: Partial<Readonly<Record<Encryption, string>>>
  /** The logins that it can be told to use. */
  readonly logins: readonly Login[]
  /** Whether a second run fetches only what is new. */
  readonly remembers: boolean
  /** What it prints when it has lost a race of its own, which is nobody else's fault: then it is tried once more. */
  readonly race?: RegExp
  /** What it adds to every message or changes in it. */
  readonly changes: string
  readonly alters?: readonly Alteration[]
  readonly avoids?: Avoidance
}
