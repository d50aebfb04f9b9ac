/** What a server announces with CAPA (RFC 2449 section 5). */
import { Capabilities, decodeText, parseCapabilities } from '@pop3kit/codec'
import type { Connection } from './connection.ts'
import { Pop3ReplyError } from './errors.ts'
import { bodyLines, exchange } from './exchange.ts'
import { request } from './request.ts'

/** Asks for them; a server that does not know CAPA announces nothing (R46, R59). */
export async function askCapabilities(connection: Connection): Promise<Capabilities> {
  try {
    await exchange(connection, request('CAPA'))
  } catch (error) {
    if (error instanceof Pop3ReplyError) return new Capabilities()
    throw error
  }
  return readCapabilities(connection)
}

/** Reads the lines that answer CAPA. */
export async function readCapabilities(connection: Connection): Promise<Capabilities> {
  const lines = await bodyLines(connection)
  // D5: some put a blank line behind each
  return parseCapabilities(
    lines.map(({ octets }) => decodeText(octets)),
    { lenient: true },
  )
}
