/** A command and its reply, of one line or several (RFC 1939 section 3). */
import { concatOctets, type Line, type ReplyStatus } from '@pop3kit/codec'
import type { Connection } from './connection.ts'
import { Pop3ReplyError } from './errors.ts'
import { redactReply } from './redaction.ts'
import type { Request } from './request.ts'

/** Sends a command and reads the status line of its reply; `-ERR` is thrown. */
export async function exchange(connection: Connection, request: Request): Promise<ReplyStatus> {
  connection.write(request.octets)
  return answer(connection, request)
}

/** Reads the status line of the reply to a command that is out; `-ERR` is thrown. */
export async function answer(connection: Connection, request: Request): Promise<ReplyStatus> {
  const reply = await connection.status()
  if (reply.ok) return reply
  throw new Pop3ReplyError(redactReply(reply, request.secrets), request.text)
}

/** The same for a command without which there is no going on: its refusal ends the connection. */
export async function vitalExchange(connection: Connection, request: Request): Promise<ReplyStatus> {
  return exchange(connection, request).catch((error: unknown) => {
    throw error instanceof Pop3ReplyError ? connection.fail(error) : error
  })
}

/** The body that follows, whole. */
export async function wholeBody(connection: Connection): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for (let piece = await connection.body(); piece; piece = await connection.body()) pieces.push(piece)
  return concatOctets(pieces)
}

/** The lines of the body that follows; it is read to its end before any of them is looked at. */
export async function bodyLines(connection: Connection): Promise<Line[]> {
  const lines: Line[] = []
  for (let line = await connection.line(); line; line = await connection.line()) lines.push(line)
  return lines
}
