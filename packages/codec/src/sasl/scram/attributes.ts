/** What the attributes of SCRAM messages look like, as sources of regular expressions (RFC 5802 sections 5.1 and 7). */
import { checkedPart } from '../message.ts'

/** The value of `r=`: visible ASCII without the comma. */
export const NONCE: string = String.raw`[!-+\--~]+`

/** Attributes at the end that one may ignore; `m=` is the one that one must not. */
export const EXTENSIONS: string = String.raw`(?:,[A-Za-ln-z]=[^\0,]+)*`

const WHOLE_NONCE = new RegExp(`^${NONCE}$`)

/** A nonce that is to be sent. */
export function checkedNonce(nonce: string): string {
  return checkedPart(nonce, WHOLE_NONCE, 'nonce', 'visible ASCII without a comma')
}
