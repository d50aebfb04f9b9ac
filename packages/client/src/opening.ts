/** The opening of a session: connection, TLS, greeting (RFC 1939 section 4), and STLS behind it (RFC 2595 section 4). */
import type { ReplyStatus } from '@pop3kit/codec'
import type { Connection, Handshake } from './connection.ts'
import { vitalExchange } from './exchange.ts'
import type { Pop3TlsMode } from './options.ts'
import { request } from './request.ts'
import type { Turn } from './turn.ts'

/**
 * Does what nobody has done yet of it. It resolves with the greeting when commands can be sent, under TLS if that was asked
 * for: what is refused or fails ends the connection, so that nothing ever goes on in clear. As nothing has been asked
 * before TLS, there is nothing to forget behind it (R63).
 */
export async function open(
  connection: Connection,
  turn: Turn,
  mode: Pop3TlsMode,
  handshake: Handshake,
): Promise<ReplyStatus> {
  if (connection.greeting && (connection.secured || mode !== 'starttls')) return connection.greeting
  await connection.connected()
  if (mode === 'implicit') {
    turn.phase = 'tls'
    await connection.secure(handshake)
  }
  turn.phase = 'greeting'
  const greeting = await connection.greet()
  if (mode === 'starttls') {
    turn.phase = 'tls'
    await vitalExchange(connection, request('STLS'))
    await connection.secure(handshake)
  }
  turn.phase = turn.call.phase
  return greeting
}
