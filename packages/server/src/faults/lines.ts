/** Changes the lines of a reply: the rows of listings (RFC 1939 sections 5 and 7), and capabilities (RFC 2449 section 5). */
import { concatOctets, decodeLatin1, encodeLatin1 } from '@pop3kit/codec'
import type { Reply, ReplyBody } from '../reply/reply.ts'

/** The lines of a body, an octet a character. */
export async function linesOf(body: ReplyBody): Promise<string[]> {
  const pieces: Uint8Array[] = []
  for await (const piece of body()) pieces.push(piece)
  return decodeLatin1(concatOctets(pieces)).split('\r\n').slice(0, -1)
}

/** The same reply with other lines in its body. */
export function withLines(honest: Reply, lines: readonly string[]): Reply {
  const octets = encodeLatin1(lines.map((line) => `${line}\r\n`).join(''))
  return { ...honest, body: () => [octets] }
}
