/** What a message of SCRAM or OAUTHBEARER begins with: channel binding, and whom to act as (RFC 5801 section 4). */
import { malformed } from './message.ts'
import { escapeName, NAME, unescapeName } from './name.ts'

/** A header, and what follows it. */
interface Gs2Header {
  /** The header as it stands there, with its last comma: SCRAM repeats it. */
  readonly header: string
  /** The identity to act as. */
  readonly authzid: string | undefined
  /** The message behind the header. */
  readonly rest: string
}

/** `y` is said by a client that could bind to the channel where the server cannot; `p=` binds, which we cannot. */
const GRAMMAR = new RegExp(`^(?<header>[ny],(?:a=(?<authzid>${NAME}))?,)(?<rest>.*)$`, 's')

/** Formats the header of a client that knows no channel binding. */
export function formatGs2Header(authzid: string | undefined): string {
  return `n,${authzid === undefined ? '' : `a=${escapeName(authzid)}`},`
}

/** Parses the header of a message. */
export function parseGs2Header(message: string, what: string): Gs2Header {
  const { header, authzid, rest } = GRAMMAR.exec(message)?.groups ?? {}
  if (header === undefined || rest === undefined) {
    throw malformed(what, '"n" or "y" (no channel binding), a comma, perhaps "a=" and a name, and a comma')
  }
  return { header, authzid: authzid === undefined ? undefined : unescapeName(authzid), rest }
}
