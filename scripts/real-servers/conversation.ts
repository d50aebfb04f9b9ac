/** One connection to a real server: what is sent, and what is heard until the server has nothing more to say. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { isAnswered } from './answers.ts'
import type { Closing, Step } from './captured-case.ts'

/** In milliseconds: when nothing more comes for so long, an answer is complete. */
const QUIET = 250
/** In seconds: when nothing comes for so long, nothing will. */
const PATIENCE = 3
/** Wrong passwords cost up to 5 s, a locked maildrop 13 s. */
const PATIENCE_WITH_PASSWORDS = 16

export class Conversation {
  #socket: Socket
  #sent = '\n'
  #heard = ''
  #sentAt = performance.now()
  #lastOctetAt = performance.now()
  #patience = PATIENCE
  #wasChallenged = false
  #closed: Closing | undefined

  constructor(port: number, { tls = false } = {}) {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    this.#socket = tls ? overTls(socket) : socket
    this.#listen()
  }

  get closed(): boolean {
    return this.#closed !== undefined
  }

  /** @param text Latin-1 */
  send(text: string): void {
    // What follows a continuation request belongs to a login, too.
    const isLogin = /^(?:PASS|APOP|AUTH)/im.test(text) || this.#wasChallenged
    this.#patience = isLogin ? PATIENCE_WITH_PASSWORDS : PATIENCE
    this.#sent = text
    this.#sentAt = performance.now()
    this.#socket.write(text, 'latin1')
  }

  async sendOctetByOctet(text: string): Promise<void> {
    for (const octet of text) {
      this.send(octet)
      await setTimeout(20)
    }
    this.#sent = text
  }

  /** Waits for all that answers what was sent last. */
  async hear(patience: number = this.#patience): Promise<Step[]> {
    let complete = false
    const isLeaving = /^\s*QUIT\s*$/im.test(this.#sent)
    while (this.#closed === undefined && this.#quietFor() < patience * 1000 && !complete) {
      await setTimeout(10)
      complete = !isLeaving && this.#quietFor() > QUIET && isAnswered(this.#sent, this.#heard)
    }
    const s = this.#heard
    // What comes later is another answer.
    this.#heard = ''
    this.#wasChallenged = /^\+(?: |\r\n)/m.test(s)
    const t = s === '' ? null : Number(((this.#lastOctetAt - this.#sentAt) / 1000).toFixed(2))
    if (this.#closed !== undefined) return [{ s, t, closed: this.#closed }]
    const silence: Step = { s: '', t: null, noReplyWithin: patience }
    return [...(s === '' ? [] : [{ s, t }]), ...(isAnswered(this.#sent, s) ? [] : [silence])]
  }

  /** Says how the handshake went, as a note of a case. */
  async startTls(): Promise<string> {
    this.#socket.removeAllListeners()
    const socket = overTls(this.#socket)
    this.#socket = socket
    this.#sent = ''
    this.#listen()
    const signal = AbortSignal.timeout(PATIENCE * 1000)
    const succeeded = once(socket, 'secureConnect', { signal }).then(() => `TLS handshake ok (${socket.getProtocol()})`)
    return succeeded.catch(() => 'TLS handshake failed')
  }

  stopReading(): void {
    this.#socket.pause()
  }

  halfClose(): void {
    this.#socket.end()
  }

  /** Sends a FIN, and waits until the server has let go of the connection. */
  async close(): Promise<void> {
    this.#socket.end()
    if (!this.closed) await Promise.race([once(this.#socket, 'end'), setTimeout(1000)])
    this.#socket.destroy()
  }

  reset(): void {
    this.#socket.resetAndDestroy()
  }

  #quietFor(): number {
    return performance.now() - Math.max(this.#sentAt, this.#lastOctetAt)
  }

  #listen(): void {
    this.#socket.on('data', (octets: Buffer) => {
      this.#heard += octets.toString('latin1')
      this.#lastOctetAt = performance.now()
    })
    this.#socket.on('end', () => (this.#closed ??= 'closed'))
    this.#socket.on('close', () => (this.#closed ??= 'closed'))
    this.#socket.on('error', () => (this.#closed ??= 'reset'))
  }
}

/** The certificates sign themselves. */
function overTls(socket: Socket): TLSSocket {
  return connectTls({ socket, rejectUnauthorized: false })
}
