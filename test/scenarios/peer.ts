/** A client that knows nothing: it sends what it is told to, and keeps what it hears piece by piece. */
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import type { MaildropInit, Pop3Server } from '@pop3kit/server'

/**
 * What the peer does, and the pieces that it hears then; text is Latin-1, a character an octet. It connects (`connect`, to a port with implicit
 * TLS: `connect tls`), does a handshake (`secure`), logs in (`login`, as alice, or `login bob`), lets time pass (`wait 2s`), goes
 * away (`leave`), and anything else is a command. `\` at its end leaves out the CRLF.
 */
export type Step = readonly [does: string, ...hears: string[]]

/** A conversation with a server that plays a scenario. */
export interface Conversation {
  /** Whom it is about, besides alice, who has three messages. */
  readonly maildrops?: Readonly<Record<string, MaildropInit>>
  /** What is said and heard. It begins behind alice's login, unless it begins with a connection. */
  readonly steps: readonly Step[]
}

/** What the peer hears when the connection ends. */
export const closed = '<closed>'

const password = 'wonderland'

/** Who is there in every conversation. */
export const alice: MaildropInit = {
  password,
  messages: [
    { uid: 'one', content: 'Subject: one\r\n\r\nHello\r\n' },
    { uid: 'two', content: 'Subject: two\r\n\r\n.dot\r\n.\r\nend\r\n' },
    { uid: 'three', content: 'Subject: three\r\n\r\n1\r\n2\r\n3\r\n' },
  ],
}

/** One side of a conversation, on a server with a virtual clock. */
export class Peer {
  readonly #server: Pop3Server
  #stream: Duplex | undefined
  #heard: string[] = []

  constructor(server: Pop3Server) {
    this.#server = server
  }

  /** Does something, waits until all is quiet, and gives what was heard meanwhile. */
  async does(what: string): Promise<readonly string[]> {
    const [word, rest = ''] = what.split(/ (.*)/s)
    if (word === 'connect') this.#listen(this.#server.connect({ tls: rest === 'tls' ? 'implicit' : 'none' }))
    else if (word === 'secure') await this.#secure()
    else if (word === 'login') await this.#login(rest === '' ? 'alice' : rest)
    else if (word === 'wait') await this.#server.clock.advance(rest)
    else if (word === 'leave') this.#stream?.end()
    else this.#stream?.write(Buffer.from(what.endsWith('\\') ? what.slice(0, -1) : `${what}\r\n`, 'latin1'))
    await this.#server.clock.advance(0)
    return this.#heard.splice(0)
  }

  #listen(stream: Duplex): void {
    this.#stream = stream
    stream.on('data', (octets: Buffer) => this.#heard.push(octets.toString('latin1')))
    stream.on('end', () => this.#heard.push(closed))
    stream.on('error', ({ code }: NodeJS.ErrnoException) => this.#heard.push(`<${code}>`))
  }

  async #login(user: string): Promise<void> {
    await this.does(`USER ${user}`)
    const heard = await this.does(`PASS ${password}`)
    if (!heard.join('').startsWith('+OK')) throw new Error(`Cannot log in: ${JSON.stringify(heard)}`)
  }

  /** Does a handshake, and tells what is wrong with the certificate. */
  async #secure(): Promise<void> {
    const socket = this.#stream
    if (socket === undefined) throw new Error('Cannot do a handshake: expected a connection')
    socket.removeAllListeners('data')
    const ca = await this.#server.certificateAuthority()
    const secured = connect({ socket, host: 'localhost', ca, rejectUnauthorized: false })
    this.#listen(secured)
    await once(secured, 'secureConnect')
    const { authorizationError } = secured
    this.#heard.unshift(authorizationError === null ? '<secured>' : `<secured, ${String(authorizationError)}>`)
  }
}
