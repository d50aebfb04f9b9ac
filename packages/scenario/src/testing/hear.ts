/** For tests: what reaches a client that says commands, an hour between each, whatever it hears. */
import { type Pop3Server, type Pop3ServerOptions, setupPop3Server } from '@pop3kit/server'

const messages = [
  { uid: 'one', content: 'Subject: one\r\n\r\n.dot\r\n' },
  { uid: 'two', content: 'two\r\n' },
]

/** What was heard. */
export interface Heard {
  readonly server: Pop3Server
  /** The pieces behind the login. */
  readonly pieces: readonly string[]
  /** When each came, in milliseconds since the connection. */
  readonly times: readonly number[]
}

/** Logs in as alice, who has two messages, and says the commands. */
export async function hear(options: Pop3ServerOptions, commands: readonly string[]): Promise<Heard> {
  const server = setupPop3Server({
    ...options,
    clock: 'virtual',
    maildrops: { alice: { password: 'wonderland', messages } },
  })
  const peer = server.connect()
  const [pieces, times]: [string[], number[]] = [[], []]
  const keep = (piece: string): void => {
    pieces.push(piece)
    times.push(server.clock.now())
  }
  peer.on('data', (octets: Buffer) => keep(octets.toString('latin1')))
  peer.on('error', ({ message }) => keep(message))
  const say = async (command: string): Promise<void> => {
    peer.write(`${command}\r\n`)
    // Less than it takes to be logged out.
    await server.clock.advance('9m')
  }
  await say('USER alice')
  await say('PASS wonderland')
  const behindLogin = pieces.length
  for (const command of commands) await say(command)
  peer.destroy()
  await server.close()
  return { server, pieces: pieces.slice(behindLogin), times: times.slice(behindLogin) }
}
