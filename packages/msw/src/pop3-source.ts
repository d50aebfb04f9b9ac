/** POP3 connections as a network source of msw: they are claimed in the process, and there is no port. */
import { SocketInterceptor } from '@mswjs/interceptors/net'
import type { Pop3Server } from '@pop3kit/server'
import { NetworkFrame, NetworkSource } from 'msw/experimental'
import type { Socket } from 'node:net'
import { TLSSocket, connect as secure } from 'node:tls'
import { bridge } from './bridge.ts'

/** The ports of POP3 that a host without a port stands for. */
const ports = [110, 995]

/** The events of the interceptor: a connection is about to be made. */
type ConnectionEvent = Parameters<Parameters<SocketInterceptor['on']>[1]>[0]

/** A connection to one of the hosts. */
class Pop3Frame extends NetworkFrame<'pop3', ConnectionEvent, Record<string, never>> {
  readonly #server: Pop3Server

  constructor(server: Pop3Server, event: ConnectionEvent) {
    super('pop3', event)
    this.#server = server
  }

  /** None: the mail server has handlers of its own. */
  getHandlers(): [] {
    return []
  }

  /** Gives the connection to the mail server. */
  resolve(): Promise<boolean> {
    const { socket, controller } = this.data
    if (isLayered(socket)) {
      this.errorWith(new Error('Cannot go over to TLS with STLS in a claimed connection: expected redirect() for that'))
      return Promise.resolve(true)
    }
    controller.claim()
    const isTls = socket instanceof TLSSocket
    const stream = this.#server.connect({ tls: isTls ? 'implicit' : 'none' })
    // msw makes the client believe that its handshake is over; the one with the mail server is done here, and cannot check anything for the client.
    bridge(socket, isTls ? secure({ socket: stream, rejectUnauthorized: false }) : stream)
    return Promise.resolve(true)
  }

  passthrough(): void {
    this.data.controller.passthrough()
  }

  errorWith(reason?: unknown): void {
    this.data.socket.destroy(reason instanceof Error ? reason : new Error(String(reason)))
  }

  getUnhandledMessage(): Promise<string> {
    return Promise.resolve(`POP3 connection to ${targetOf(this.data)}`)
  }
}

class Pop3Source extends NetworkSource<Pop3Frame> {
  readonly #server: Pop3Server
  readonly #targets: ReadonlySet<string>
  readonly #interceptor = SocketInterceptor.singleton(SocketInterceptor)
  #enabled = new AbortController()

  constructor(server: Pop3Server, hosts: readonly string[]) {
    super()
    this.#server = server
    const targets = hosts.flatMap((host) => (/:\d+$/.test(host) ? [host] : ports.map((port) => `${host}:${port}`)))
    this.#targets = new Set(targets.map((target) => target.toLowerCase()))
  }

  override enable(): void {
    this.#enabled = new AbortController()
    this.#interceptor.apply(this)
    this.#interceptor.on('connection', (event) => this.#take(event), { signal: this.#enabled.signal })
  }

  override disable(): void {
    void super.disable()
    this.#enabled.abort()
    this.#interceptor.dispose(this)
  }

  async #take(event: ConnectionEvent): Promise<void> {
    if (this.#targets.has(targetOf(event))) await this.queue(new Pop3Frame(this.#server, event))
    // Another source decides about what is not for us; without one nobody else would, and the connection would wait for ever.
    else if (this.#interceptor.listenerCount('connection') === 1) event.controller.passthrough()
  }
}

function targetOf({ connectionOptions: { host, port } }: ConnectionEvent): string {
  return `${host ?? 'localhost'}:${port ?? ''}`.toLowerCase()
}

/** Whether it is TLS on a connection that there was before. */
function isLayered(socket: Socket): boolean {
  return socket instanceof TLSSocket && Boolean(Reflect.get(socket, '_parent'))
}

/**
 * A network source for `defineNetwork()` of msw that gives the connections to some hosts to a mail server, without a port. It stands behind the
 * sources of msw. Use `redirect()` of `@pop3kit/server/redirect` where you can: here nothing checks a certificate, a client that wraps a socket in TLS before
 * it connects (node-pop3) fails, and so does STLS.
 *
 * @experimental It builds on what msw calls experimental, and changes with that.
 * @param hosts Names with a port, or alone for ports 110 and 995.
 *
 * @example A connection that never leaves the process
 * ```ts
 * import { pop3Source } from '@pop3kit/msw'
 * import { setupPop3Server } from '@pop3kit/server'
 * import { defineNetwork } from 'msw/experimental'
 * import { defaultNetworkOptions } from 'msw/node'
 * import assert from 'node:assert/strict'
 * import { once } from 'node:events'
 * import { connect } from 'node:net'
 *
 * const server = setupPop3Server()
 * const sources = [...defaultNetworkOptions.sources, pop3Source(server, ['pop.example.com'])]
 * const network = defineNetwork({ ...defaultNetworkOptions, sources })
 * network.enable()
 *
 * const socket = connect(110, 'pop.example.com')
 * const [greeting] = await once(socket, 'data')
 * assert.equal(String(greeting), '+OK POP3 server ready\r\n')
 * assert.deepEqual(server.addresses, [])
 *
 * socket.destroy()
 * network.disable()
 * await server.close()
 * ```
 */
export function pop3Source(server: Pop3Server, hosts: readonly string[]): NetworkSource {
  return new Pop3Source(server, hosts)
}
