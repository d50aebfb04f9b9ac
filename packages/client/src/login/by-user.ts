/** USER and PASS: name and password in clear (RFC 1939 section 7; R18, R19). */
import type { Connection } from '../connection.ts'
import { exchange } from '../exchange.ts'
import { request } from '../request.ts'
import type { Pop3PasswordAuth } from './auth.ts'
import { type LoginWay, needsUtf8 } from './way.ts'

export function byUser({ user, pass }: Pop3PasswordAuth): LoginWay {
  return {
    name: 'USER',
    cleartext: true,
    needsUtf8: needsUtf8(user + pass),
    // A server that announces no SASL either has not said how to log in (M47)
    isOffered: ({ capabilities }) => !capabilities?.has('SASL') || capabilities.has('USER'),
    async go(connection: Connection, _offer, secrets) {
      await exchange(connection, request('USER', [user]))
      await exchange(connection, request('PASS', [pass], secrets))
    },
  }
}
