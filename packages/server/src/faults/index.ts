/** The catalogue of faults, a family a file. */
import { cut } from './connection.ts'
import { terminator } from './framing.ts'
import { err } from './reply.ts'
import { slow } from './time.ts'

/**
 * Faults: ready-made handlers, each a misbehaviour that real servers show.
 *
 * @example Cut a message at an octet and see that the client notices
 * ```ts
 * import { Pop3Client } from '@pop3kit/client'
 * import { fault, pop3, setupPop3Server } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const server = setupPop3Server({ maildrops: { alice: { password: 'wonderland', messages: ['Subject: hi\r\n\r\nhello\r\n'] } } })
 * server.use(pop3.retr(1, fault.cut({ octet: 20 }), { once: true }))
 *
 * const client = new Pop3Client({ transport: server.connect() })
 * await client.login({ user: 'alice', pass: 'wonderland' })
 * await assert.rejects(client.retr(1), { code: 'POP3_CLOSED' })
 * await server.close()
 * ```
 */
export const fault: {
  readonly err: typeof err
  readonly terminator: typeof terminator
  readonly slow: typeof slow
  readonly cut: typeof cut
} = { err, terminator, slow, cut }
