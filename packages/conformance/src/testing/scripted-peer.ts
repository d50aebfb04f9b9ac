/** For tests: a peer that answers from a script, so that each test says what is on the wire. */
import { type Duplex, duplexPair } from 'node:stream'

/** What is sent, a character an octet, or done, when a command has come; nothing: silence. */
type Answer = string | ((peer: Duplex) => void) | undefined

/** Answers by command line (`RETR 2`) or by verb (`RETR`); `greeting` is given unasked. */
export type Script = Readonly<Record<string, Answer>>

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** A connection to a peer with a script; what it does not know it refuses. */
export function scriptedPeer(script: Script = {}): Duplex {
  const [client, peer] = duplexPair()
  const give = (answer: Answer): void => {
    if (typeof answer === 'function') answer(peer)
    else if (answer !== undefined) peer.write(octets(answer))
  }
  let received = ''
  peer.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1')
    const lines = received.split('\r\n')
    received = lines.pop() ?? ''
    for (const line of lines) {
      const key = [line, line.split(' ', 1)[0] ?? ''].find((name) => name in script)
      give(key === undefined ? '-ERR what\r\n' : script[key])
    }
  })
  peer.on('end', () => peer.end())
  peer.on('error', () => {})
  give('greeting' in script ? script['greeting'] : '+OK ready\r\n')
  return client
}

/** A lawful server with one message, as far as the survey asks. */
export const lawful: Script = {
  USER: '+OK\r\n',
  PASS: '+OK\r\n',
  LIST: '+OK\r\n1 14\r\n.\r\n',
  STAT: '+OK 1 14\r\n',
  UIDL: '+OK\r\n1 a\r\n.\r\n',
  NOOP: '+OK\r\n',
  'LIST 0': '-ERR none\r\n',
  'TOP 1 0': '+OK\r\nSubject: x\r\n\r\n.\r\n',
  QUIT: (peer) => peer.end('+OK\r\n'),
}
