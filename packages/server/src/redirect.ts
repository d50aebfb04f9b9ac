/** Redirects hosts that an application has hard-coded to a mock server of the process. @packageDocumentation */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { type Route, type UnhandledHost, addRoute } from './redirect/routes.ts'
import { type Target, pop3Ports, targetsOf } from './redirect/target.ts'
import { trust } from './redirect/trust.ts'
import type { ListeningAddress } from './server-options.ts'
import { type ListenOptions, isLoopback } from './transports/tcp.ts'

export { Pop3RedirectError } from './redirect/redirect-error.ts'
export type { UnhandledHost } from './redirect/routes.ts'

/** A server that hosts can be redirected to: what is needed of one that `setupPop3Server` has made. */
export interface RedirectServer {
  /** Where it listens. */
  readonly addresses: readonly ListeningAddress[]
  /** Makes it listen. */
  listen(options: ListenOptions): Promise<unknown>
  /** Makes its certificate one for more hosts. */
  certifyFor(hosts: readonly string[]): () => void
  /** Who signs its certificates, PEM. */
  certificateAuthority(): Promise<string>
}

/** How hosts are redirected. */
export interface RedirectOptions {
  /**
   * What becomes of connections to hosts that are not redirected, whatever they speak: `bypass` lets them go, `error` makes them fail with
   * {@link Pop3RedirectError}; a function says which for each. Loopback is always let go. @default {'bypass'}
   */
  readonly onUnhandledHost?: UnhandledHost | ((host: string, port: number) => UnhandledHost | undefined) | undefined
}

/** Takes a redirect back; a second call does nothing. With `using` it is called by itself. */
export interface UndoRedirect {
  /** Lets the hosts be what they were. */
  (): void
  /** The same. */
  [Symbol.dispose](): void
}

/**
 * Sends the connections of this process for some hosts to a mock server: `'pop.gmail.com:995'`, or a host alone for ports 110 and 995. On
 * port 995 TLS comes first, on every other port the client may ask for it with STLS (RFC 8314, RFC 2595); the server gets the ports that it
 * does not have, and a certificate for the names. Where Node can be told so (22.19, 24.5 and newer), the process trusts its authority
 * meanwhile; elsewhere the application is to get `ca: await server.certificateAuthority()`.
 *
 * @example An application that has its provider hard-coded
 * ```ts
 * import { setupPop3Server } from '@pop3kit/server'
 * import { redirect } from '@pop3kit/server/redirect'
 * import assert from 'node:assert/strict'
 * import { once } from 'node:events'
 * import { connect } from 'node:tls'
 *
 * const server = setupPop3Server()
 * const undo = await redirect(server, ['pop.gmail.com:995'])
 *
 * const ca = await server.certificateAuthority() // not needed with Node 22.19, 24.5 and newer
 * const socket = connect({ host: 'pop.gmail.com', port: 995, ca })
 * const [greeting] = await once(socket, 'data')
 * assert.equal(String(greeting), '+OK POP3 server ready\r\n')
 * assert.equal(socket.getPeerCertificate().subject.CN, 'pop.gmail.com')
 *
 * socket.destroy()
 * undo()
 * await server.close()
 * ```
 *
 * @returns What takes it back. Redirects may be taken back in any order.
 * @throws {Pop3ArgumentError} When a host cannot be one, or TLS is needed of a server without it.
 */
export async function redirect(
  server: RedirectServer,
  hosts: readonly string[],
  options: RedirectOptions = {},
): Promise<UndoRedirect> {
  // In JavaScript one host is soon written without its brackets.
  if (typeof hosts === 'string') {
    throw new Pop3ArgumentError(
      `Cannot redirect "${String(hosts)}": expected a list of hosts, such as ["pop.gmail.com:995"]`,
    )
  }
  const targets = hosts.flatMap(targetsOf)
  const route: Route = {
    targets,
    addressFor: (target) => addressFor(server, target),
    unhandled: unhandledBy(options),
  }
  // At once, so that whoever forgets to wait does not reach the real host.
  const undone = [addRoute(route), server.certifyFor(targets.map(({ host }) => host))]
  const undo = (): void => {
    for (const undoOne of undone.splice(0)) undoOne()
  }
  try {
    for (const target of targets) {
      if (addressFor(server, target) === undefined) await server.listen({ tls: tlsOn(target) })
    }
    undone.push(trust(await server.certificateAuthority()))
  } catch (error) {
    undo()
    throw error
  }
  return Object.assign(undo, { [Symbol.dispose]: undo })
}

function unhandledBy({ onUnhandledHost = 'bypass' }: RedirectOptions): Route['unhandled'] {
  if (typeof onUnhandledHost === 'function') return (host, port) => checked(onUnhandledHost(host, port) ?? 'bypass')
  const always = checked(onUnhandledHost)
  return () => always
}

function checked(answer: UnhandledHost): UnhandledHost {
  if (answer === 'bypass' || answer === 'error') return answer
  throw new Pop3ArgumentError(
    `Cannot use "${String(answer)}" for onUnhandledHost: expected 'bypass', 'error' or a function that says which`,
  )
}

function tlsOn({ port }: Target): 'none' | 'implicit' {
  return port === pop3Ports.tls ? 'implicit' : 'none'
}

function addressFor(server: RedirectServer, target: Target): ListeningAddress | undefined {
  return server.addresses.find(({ host, tls }) => tls === tlsOn(target) && isLoopback(host))
}
