/** Who logs in, and how (RFC 1939 section 7, RFC 5034). */

/** The ways to log in with a password: APOP and USER are commands of their own, all others go by AUTH. */
export type Pop3PasswordMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-1' | 'CRAM-MD5' | 'APOP' | 'PLAIN' | 'LOGIN' | 'USER'

/** The ways to log in with an access token of OAuth 2. */
export type Pop3TokenMechanism = 'OAUTHBEARER' | 'XOAUTH2'

/** A name and a password. */
export interface Pop3PasswordAuth {
  /** The name of the mailbox. */
  readonly user: string
  /** The password, or the secret shared for APOP. */
  readonly pass: string
  /** Whose mailbox it is, when that is not `user`: with SCRAM and PLAIN only. */
  readonly authzid?: string | undefined
  /**
   * The mechanism, which is then never replaced by another, and for which the server is not asked what it can do.
   *
   * Without it the client asks with CAPA, and tries what the server announces, in this order: SCRAM-SHA-256,
   * SCRAM-SHA-1, CRAM-MD5, APOP (when the greeting carries a timestamp), PLAIN, LOGIN, USER. It goes on to the next, on the
   * same connection, when the server refuses for another reason than `[IN-USE]`, `[LOGIN-DELAY]` or `[SYS/...]`, and
   * ends with `[AUTH]` once the password itself has been refused.
   */
  readonly mechanism?: Pop3PasswordMechanism | undefined
  /**
   * Whether PLAIN, LOGIN and USER may send the password over a network in clear, where everybody can read it. Without TLS
   * they are otherwise for loopback addresses and for transports without an address, which are in this process.
   * @defaultValue `false`
   */
  readonly allowCleartext?: boolean | undefined
}

/** A name and an access token of OAuth 2. */
export interface Pop3TokenAuth {
  /** The name of the mailbox. */
  readonly user: string
  /** The access token, without the word `Bearer`. */
  readonly accessToken: string
  /**
   * The mechanism, which is then never replaced by the other. By default it is OAUTHBEARER (RFC 7628), then XOAUTH2, as
   * the server announces them.
   */
  readonly mechanism?: Pop3TokenMechanism | undefined
  /**
   * Whether the token may go over a network in clear, as a password.
   * @defaultValue `false`
   */
  readonly allowCleartext?: boolean | undefined
}

/** The certificate that TLS has shown to the server: see `cert` and `key` of the option `tls`. */
export interface Pop3ExternalAuth {
  /** RFC 4422 appendix A. */
  readonly mechanism: 'EXTERNAL'
  /** Whose mailbox it is, when the certificate does not say it. */
  readonly user?: string | undefined
}

/** Who logs in, and how. */
export type Pop3Auth = Pop3PasswordAuth | Pop3TokenAuth | Pop3ExternalAuth
