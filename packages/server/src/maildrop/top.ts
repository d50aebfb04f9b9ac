/** The part of a message that TOP shows (RFC 1939 section 7, R35). */

const LF = 0x0a

const CRLF = Buffer.from('\r\n')

/** The header of a message that is at hand; all of it when it has no body. */
export function headerOf(message: Uint8Array): Uint8Array {
  const octets = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  let start = 0
  for (let end = octets.indexOf(CRLF); end > start; end = octets.indexOf(CRLF, start)) start = end + CRLF.length
  return octets.indexOf(CRLF, start) === start ? message.subarray(0, start) : message
}

/** The header, the empty line, and the first `lines` lines of the body; all of it when the body is shorter. */
export async function* topOfMessage(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  lines: number,
): AsyncGenerator<Uint8Array> {
  let inHeader = true
  let bodyLines = 0
  let lineOctets = 0
  for await (const piece of pieces) {
    let start = 0
    while (start < piece.length) {
      const end = piece.indexOf(LF, start)
      if (end === -1) {
        lineOctets += piece.length - start
        break
      }
      lineOctets += end + 1 - start
      start = end + 1
      if (!inHeader) bodyLines += 1
      // Every end of line is CRLF by now, so a line of two octets is empty.
      else if (lineOctets === 2) inHeader = false
      lineOctets = 0
      if (!inHeader && bodyLines >= lines) {
        yield piece.subarray(0, start)
        return
      }
    }
    yield piece
  }
}
