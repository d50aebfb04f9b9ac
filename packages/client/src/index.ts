/**
 * A thin POP3 client: it never hangs, never brings the process down, and never takes a part of a message for the whole.
 *
 * @packageDocumentation
 */
export {
  Pop3ArgumentError,
  Pop3Error,
  Pop3LimitError,
  Pop3ProtocolError,
  isPop3Error,
  type Capabilities,
  type DropListing,
  type Duration,
  type ReplyStatus,
  type ScanListing,
  type UniqueIdListing,
} from '@pop3kit/codec'
export { Pop3Client } from './client.ts'
export {
  Pop3ClosedError,
  Pop3ReplyError,
  Pop3TimeoutError,
  Pop3TlsError,
  type ClosedErrorOptions,
  type Pop3Phase,
  type Pop3Verb,
} from './errors.ts'
export type {
  Pop3Auth,
  Pop3ExternalAuth,
  Pop3PasswordAuth,
  Pop3PasswordMechanism,
  Pop3TokenAuth,
  Pop3TokenMechanism,
} from './login/auth.ts'
export type { Pop3Language } from './languages.ts'
export type { Pop3Message, Pop3MessagesOptions } from './messages.ts'
export type {
  Pop3CallOptions,
  Pop3ClientOptions,
  Pop3ConnectOptions,
  Pop3TlsMode,
  Pop3TlsOptions,
  Pop3UrlOptions,
} from './options.ts'
