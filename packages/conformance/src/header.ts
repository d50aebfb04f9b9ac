/** The header of a message (RFC 5322 section 2.1). */

const CR = 0x0d
const LF = 0x0a

/** The octets before the empty line; all of them when there is none. */
export function headerOf(message: Uint8Array): Uint8Array {
  for (let at = message.indexOf(LF); at !== -1; at = message.indexOf(LF, at + 1)) {
    const next = message[at + 1] === CR ? message[at + 2] : message[at + 1]
    if (next === LF) return message.subarray(0, at + 1)
  }
  return message
}

/** Whether there is no octet above 0x7F. */
export const isAscii = (octets: Uint8Array): boolean => octets.every((octet) => octet < 0x80)
