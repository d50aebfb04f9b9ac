/** Passwords of SCRAM, which are to be the same however they were typed: SASLprep (RFC 4013), as far as it changes a text. */

/** Blanks that are not SP (RFC 3454 table C.1.2). */
const BLANKS = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g

/** What cannot be seen: soft hyphens, joiners, variation selectors (RFC 3454 table B.1). */
const UNSEEN = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/g

/** A password of characters that SASLprep prohibits is taken all the same: it is the user's own affair. */
export function preparePassword(password: string): string {
  return password.replaceAll(BLANKS, ' ').replaceAll(UNSEEN, '').normalize('NFKC')
}
