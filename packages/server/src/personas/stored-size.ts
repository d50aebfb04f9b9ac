/** How Courier, Cyrus and Dovecot count the octets of a message that was stored without a line end at its end (R29). */
import type { SizeRule } from '../maildrop/policies.ts'

/** The line end that RETR adds is not counted: two octets too few. */
export const sizeAsStored: SizeRule = ({ octets, lineEndAdded }) => (lineEndAdded ? octets - 2 : octets)
