/** Where the connections of the process go while hosts are redirected, the newest redirect first. */
import type { Socket } from 'node:net'
import { noticeClient } from '../transports/peer.ts'
import type { ConnectOptions } from './connect-arguments.ts'
import { layDetour, liftDetour } from './layer.ts'
import { Pop3RedirectError } from './redirect-error.ts'
import { type Target, canonicalTarget, isThisMachine, nameOfTarget } from './target.ts'

/** What becomes of a connection to a host that is not redirected. */
export type UnhandledHost = 'bypass' | 'error'

/** What one redirect does. */
export interface Route {
  /** What it redirects. */
  readonly targets: readonly Target[]
  /** Where a target is served; `undefined` when nobody listens. */
  readonly addressFor: (target: Target) => Target | undefined
  /** What becomes of a connection that no redirect is for. */
  readonly unhandled: (host: string, port: number) => UnhandledHost
}

let routes: readonly Route[] = []

/** Redirects until the function that comes back is called. */
export function addRoute(route: Route): () => void {
  routes = [route, ...routes]
  layDetour(detour)
  return () => {
    routes = routes.filter((other) => other !== route)
    if (routes.length === 0) liftDetour()
  }
}

function detour(options: ConnectOptions, socket: Socket): ConnectOptions | undefined {
  // As Node reads them: agents of `node:http` give a path of `null`.
  if (options.path) return undefined
  const target = canonicalTarget({ host: options.host || 'localhost', port: Number(options.port) })
  const route = routes.find(({ targets }) => targets.some((each) => isSame(each, target)))
  if (route === undefined) return isRefused(target) ? refusal(options, target, unhandled()) : undefined
  const address = route.addressFor(target)
  if (address === undefined) return refusal(options, target, notListening)
  noticeClient(socket)
  return connectingTo(options, address)
}

function isSame(one: Target, other: Target): boolean {
  return one.host === other.host && one.port === other.port
}

function isRefused({ host, port }: Target): boolean {
  return !isThisMachine(host) && routes.some(({ unhandled: decide }) => decide(host, port) === 'error')
}

const notListening =
  'the mock server that it is redirected to does not listen; expected one that is not closed, and that redirect() was waited for'

function unhandled(): string {
  const redirected = routes.flatMap(({ targets }) => targets.map(nameOfTarget)).join(', ')
  return `onUnhandledHost refuses what is not redirected; redirected are ${redirected}`
}

function connectingTo(options: ConnectOptions, { host, port }: Target): ConnectOptions {
  // From another address of this machine loopback may be out of reach.
  return Object.assign({}, options, { host, port, localAddress: undefined })
}

/** Lets a connection fail as one to an unknown host does: later, and with an event. */
function refusal(options: ConnectOptions, target: Target, reason: string): ConnectOptions {
  const lookup = (_host: string, _options: object, callback: (error: Error) => void): void => {
    callback(new Pop3RedirectError(target.host, target.port, `Cannot connect to ${nameOfTarget(target)}: ${reason}`))
  }
  // An address would not be looked up.
  return Object.assign({}, options, { host: 'redirected.invalid', family: 4, lookup })
}
