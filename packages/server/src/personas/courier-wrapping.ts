/** What Courier makes of a message whose header is in UTF-8 for a client that has not said UTF8 (RFC 6856 section 2.1, R91). */
import type { Wrapping } from '../maildrop/policies.ts'

/** The message as an attachment of one that says why. */
export const courierWrapping: Wrapping = ({ session, now }) => {
  // Process and time.
  const boundary = `=_${session}-${Math.floor(now / 1000)}`
  const before = `From: Mail Delivery Subsystem <postmaster>
Subject: Cannot display Unicode content
Mime-Version: 1.0
Content-Type: multipart/mixed; boundary="${boundary}"



--${boundary}
Content-Type: text/plain

This E-mail message was determined to be Unicode-formatted
but your E-mail reader does not support Unicode E-mail.

Please use an E-mail reader that supports POP3 with UTF-8
(see https://tools.ietf.org/html/rfc6856.html).

This can also happen when the sender's E-mail program does not
correctly format the sent message.

The original message is included as a separate attachment
so that it can be downloaded manually.

--${boundary}
Content-Type: message/global

`
  const after = `
--${boundary}--
`
  // It counts a line end of its own as one octet.
  return { before, after, octets: before.length + after.length }
}
