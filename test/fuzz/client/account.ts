/** What the user of the client was told by it, and what that user has asked for. */

/** Something that a reply of the server must have said. */
export interface Claim {
  /** The command that it answers: `RETR 1`; `login` for those of a login. */
  readonly request: string
  /** The message, as octets in Latin-1. */
  readonly body?: string
  /** Whether that is only how the message begins. */
  readonly isPart?: boolean
  /** The rows of a listing, or the one row, their fields in one way. */
  readonly rows?: readonly string[]
}

export class Account {
  readonly claims: Claim[] = []
  /** Messages that were given whole, as octets in Latin-1, by the unique-id where that was told, too. */
  readonly fetched: { readonly body: string; readonly number: number; readonly uid: string | undefined }[] = []
  /** The numbers of messages that are to be deleted because they were fetched, or without. */
  readonly marked = new Set<number>()
  readonly condemned = new Set<number>()
  /** Those of them that nobody has refused to delete. */
  readonly agreed = new Set<number>()
  /** The most octets that came and were in nobody's hands while a consumer was away. */
  backlog = 0
  /** Whether QUIT was asked for. */
  hasQuit = false
  /** Whether RSET was among calls that were under way, so that nobody knows what it has unmarked. */
  isMuddled = false

  fetch(number: number, body: string, uid?: string): void {
    this.claims.push({ request: `RETR ${number}`, body })
    this.fetched.push({ body, number, uid })
  }

  /** Nothing is to be deleted any more. */
  forgive(): void {
    this.marked.clear()
    this.condemned.clear()
    this.agreed.clear()
  }
}
