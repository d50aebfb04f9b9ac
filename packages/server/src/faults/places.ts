/** Every place of a reply, for loops: what holds at one split may not hold at the next. */
import { Pop3ArgumentError, TERMINATOR } from '@pop3kit/codec'
import { encodeReply } from '../reply/encode.ts'
import type { Position, Write } from '../reply/position.ts'
import type { Reply } from '../reply/reply.ts'
import { behindLines } from './pieces.ts'

/**
 * Every place at which a reply can be split in two, from behind its first octet to before its last. No more of a body is made than the
 * loop goes through.
 *
 * @example Fetch a message that is split at every place in turn
 * ```ts
 * import { Pop3Client } from '@pop3kit/client'
 * import { fault, pop3, reply, setupPop3Server, splits } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const message = 'Subject: hi\r\n\r\n.dot\r\n'
 * const server = setupPop3Server({ maildrops: { alice: { password: 'wonderland', messages: [message] } } })
 * const transport = server.connect()
 * const client = await Pop3Client.connect({ transport, auth: { user: 'alice', pass: 'wonderland' } })
 *
 * const honest = reply.ok('21 octets', { lines: ['Subject: hi', '', '.dot'] })
 * for (const place of splits(honest)) {
 *   server.resetHandlers(pop3.retr(1, fault.split(place)))
 *   assert.equal(Buffer.from(await client.retr(1)).toString(), message)
 *   server.assertNoPendingFaults()
 * }
 * assert.equal([...splits(honest)].length, '+OK 21 octets\r\nSubject: hi\r\n\r\n..dot\r\n.\r\n'.length - 1)
 * await client.quit()
 * await server.close()
 * ```
 *
 * @throws {Pop3ArgumentError} When the body of the reply is not at hand but comes asynchronously.
 */
export function* splits(reply: Reply): Generator<{ readonly octet: number }> {
  let octet = 0
  for (const { octets } of writesOf(reply)) {
    for (const end = octet + octets.length; octet < end; octet += 1) if (octet > 0) yield { octet }
  }
}

/**
 * Every place of a reply at which a fault can take effect: those that have names, inside the terminator, behind every line, and behind every
 * octet. No more of a body is made than the loop goes through.
 *
 * @example Cut a reply at every place
 * ```ts
 * import { fault, positions, reply } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const cuts = [...positions(reply.ok('2 58'))].map((position) => fault.cut(position).fault)
 * assert.deepEqual(cuts.slice(0, 6), ["cut('start')", "cut('status')", "cut('end')", 'cut({ line: 0 })', 'cut({ line: 1 })', 'cut({ octet: 0 })'])
 * assert.equal(cuts.at(-1), 'cut({ octet: 10 })')
 * ```
 *
 * @throws {Pop3ArgumentError} When the body of the reply is not at hand but comes asynchronously.
 */
export function* positions(reply: Reply): Generator<Position> {
  yield* ['start', 'status'] as const
  if (reply.body !== undefined) {
    yield 'terminator'
    for (let terminator = 0; terminator <= TERMINATOR.length; terminator += 1) yield { terminator }
  }
  yield 'end'
  let [line, octet] = [0, 0]
  yield { line }
  for (const write of writesOf(reply)) for (const _end of behindLines(write)) yield { line: (line += 1) }
  yield { octet }
  for (const { octets } of writesOf(reply)) for (const _octet of octets) yield { octet: (octet += 1) }
}

/** What an honest delivery of a reply writes, one after the other. */
function* writesOf(reply: Reply): Generator<Write> {
  const steps = encodeReply({ ...reply, message: undefined, delivery: [] })
  if (!(Symbol.iterator in steps)) {
    throw new Pop3ArgumentError(
      'Cannot tell the places of a reply whose body comes asynchronously: expected a body that is at hand',
    )
  }
  for (const step of steps) if (step.type === 'write') yield step
}
