/** APOP: a digest of the greeting's timestamp and the secret (RFC 1939 section 7; R20, R21). */
import { apopDigest, parseApopTimestamp, Pop3ArgumentError } from '@pop3kit/codec'
import { exchange } from '../exchange.ts'
import { request } from '../request.ts'
import type { Pop3PasswordAuth } from './auth.ts'
import { type LoginWay, needsUtf8 } from './way.ts'

export function byApop({ user, pass }: Pop3PasswordAuth): LoginWay {
  return {
    name: 'APOP',
    cleartext: false,
    needsUtf8: needsUtf8(user),
    // R47: no capability announces it
    isOffered: ({ greeting }) => parseApopTimestamp(greeting.text) !== undefined,
    async go(connection, { greeting }, secrets) {
      const timestamp = parseApopTimestamp(greeting.text)
      if (timestamp === undefined) {
        throw new Pop3ArgumentError(`Cannot log in with APOP: expected a timestamp in the greeting "${greeting.line}"`)
      }
      const digest = apopDigest(timestamp, pass)
      secrets.push(digest)
      await exchange(connection, request('APOP', [user, digest], secrets))
    },
  }
}
