/** The records of TLS (RFC 8446 section 5.1), as far as they can be told apart from outside. */

/** The type of the first record that a server sends, and of alerts. */
const type = { handshake: 0x16, alert: 0x15 }
const headerOctets = 5

/** Whether what a server sent under TLS 1.2, text in clear before it included, holds an alert: close_notify is one. */
export function holdsAlert(octets: Uint8Array): boolean {
  let at = octets.indexOf(type.handshake)
  while (at !== -1 && at + headerOctets <= octets.length) {
    if (octets[at] === type.alert) return true
    at += headerOctets + (octets[at + 3] ?? 0) * 256 + (octets[at + 4] ?? 0)
  }
  return false
}
