/** A server that answers from a script, so that each test says what stands on the wire. */
import { createServer, type Socket } from 'node:net'
import { type Duplex, duplexPair } from 'node:stream'

/** What a script can do to the client. */
export interface ServerEnd {
  send(octets: string | Uint8Array): void
  /** Ends the stream (FIN). */
  close(): void
  /** Breaks the connection (RST). */
  reset(): void
}

/** What is sent, or done, when a line has come. */
export type Answer = string | Uint8Array | ((end: ServerEnd, line: string) => void)

/**
 * Answers by command line (`'RETR 2'`) or by verb (`'RETR'`), `otherwise` to all others; `greeting` is given unasked.
 */
export type Script = Readonly<Record<string, Answer>>

/** How what is sent is cut into chunks. */
export type Cut = (octets: Uint8Array) => readonly Uint8Array[]

/** A server over a duplex pair, on which each write arrives as a chunk of its own. */
export interface ScriptedServer extends ServerEnd {
  /** The client's end. */
  readonly transport: Duplex
  /** The command lines that have come. */
  readonly commands: readonly string[]
}

export const login: Script = { USER: '+OK\r\n', PASS: '+OK\r\n' }

export const silence: Answer = () => {}

/** Text as octets, one a character. */
export const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** Octets as text, one character each. */
export const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1')

export function scriptedServer(script: Script = {}, cut: Cut = (whole) => [whole]): ScriptedServer {
  const [transport, socket] = duplexPair()
  const end: ServerEnd = {
    send(answer) {
      for (const chunk of cut(typeof answer === 'string' ? octets(answer) : answer)) socket.write(chunk)
    },
    close: () => socket.end(),
    reset: () => transport.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })),
  }
  return { ...end, transport, commands: answerFrom(script, socket, end) }
}

/** The same over TCP, on a free port, for what only a socket can do. */
export interface ScriptedListener extends AsyncDisposable {
  readonly host: string
  readonly port: number
}

export async function scriptedListener(script: Script = {}): Promise<ScriptedListener> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    answerFrom(script, socket, {
      send: (answer) => socket.write(answer),
      close: () => socket.end(),
      reset: () => socket.resetAndDestroy(),
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Cannot listen on a port')
  return {
    host: address.address,
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

function answerFrom(script: Script, socket: Duplex, end: ServerEnd): readonly string[] {
  const commands: string[] = []
  const answer = (given: Answer, line = ''): void => (typeof given === 'function' ? given(end, line) : end.send(given))
  let received = ''
  socket.on('data', (chunk: Uint8Array) => {
    // What comes behind it is a TLS handshake
    if (commands.includes('STLS')) return
    received += text(chunk)
    const lines = received.split('\r\n')
    received = lines.pop() ?? ''
    for (const line of lines) {
      commands.push(line)
      const given = script[line] ?? script[line.split(' ', 1)[0] ?? ''] ?? script['otherwise']
      answer(given ?? '-ERR unknown command\r\n', line)
    }
  })
  answer(script['greeting'] ?? '+OK ready\r\n')
  return commands
}
