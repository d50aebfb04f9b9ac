/** For tests: a server with alice's maildrop, and clients that say lines. */
import { type Handler, type Pop3Server, type Pop3ServerOptions, setupPop3Server } from '@pop3kit/server'
import type { Duplex } from 'node:stream'

/** Three messages with the unique-ids uid-1, uid-2 and uid-3. */
export const maildrops: NonNullable<Pop3ServerOptions['maildrops']> = {
  alice: {
    password: 'wonderland',
    messages: ['one', 'two', 'three'].map((word, index) => ({
      uid: `uid-${index + 1}`,
      content: `Subject: ${word}\r\n\r\nThis is ${word}\r\n`,
    })),
  },
}

export const login: readonly string[] = ['USER alice', 'PASS wonderland']

/** A server with this maildrop, whose clock stands still. */
export const aliceServer = (options: Pop3ServerOptions = {}): Pop3Server =>
  setupPop3Server({ maildrops, clock: 'virtual', ...options })

/** Says lines one after the other to a server, each when the one before is answered; leaves the connection open. */
export async function say(server: Pop3Server, lines: readonly string[]): Promise<Duplex> {
  const stream = server.connect().resume()
  for (const line of lines) {
    stream.write(`${line}\r\n`)
    await server.clock.advance(0)
  }
  return stream
}

/** A server to which somebody has said these lines behind a login. */
export async function serverAfter(lines: readonly string[], ...handlers: readonly Handler[]): Promise<Pop3Server> {
  const server = aliceServer({ handlers })
  const stream = await say(server, [...login, ...lines])
  stream.on('error', () => undefined)
  return server
}
