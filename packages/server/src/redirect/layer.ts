/**
 * The one function through which every connection of a process goes, `net.Socket.prototype.connect`, with a layer on it. `net.connect`,
 * `tls.connect` and `new Socket().connect` all end there, however they were imported.
 *
 * msw puts a layer of its own there and takes back the place that it found. One that was put on ours leaves ours without effect for what is done
 * inside its callbacks, so ours goes to the top again; one below is told that the connection is none of its business.
 */
import { Socket } from 'node:net'
import { type ConnectOptions, readConnectArguments } from './connect-arguments.ts'

/** Says where a socket connects to in place of where it was told to; nothing: where it was told to. */
export type Detour = (options: ConnectOptions, socket: Socket) => ConnectOptions | undefined

type Connect = Socket['connect']

/** Our layers, each with what is below it. */
const layers = new WeakMap<Connect, Connect>()

/** The sockets about whose connection a layer has decided. */
const decided = new WeakSet<Socket>()

let detour: Detour | undefined

/** Sends every connection of the process on the detour, in the place of the detour that there was. */
export function layDetour(next: Detour): void {
  detour = next
  if (!layers.has(top())) cover()
}

/** Lets every connection go where it is told to, and leaves no layer where it can be reached. */
export function liftDetour(): void {
  detour = undefined
  uncover()
}

function top(): Connect {
  return Reflect.get(Socket.prototype, 'connect')
}

function replaceTop(connect: Connect): void {
  Object.defineProperty(Socket.prototype, 'connect', { value: connect })
}

function cover(): void {
  const below = top()
  const connect: Connect = function (this: Socket, ...args: readonly unknown[]): Socket {
    const isOnTop = top() === connect
    if (detour === undefined) uncover()
    // One that is not on top is called by msw: for a connection that one above has let go, or for one of msw's own in the place of that.
    else if (isOnTop || !layers.has(top()) || !decided.has(this)) {
      if (!layers.has(top())) cover()
      decided.add(this)
      const { options, callback } = readConnectArguments(args)
      const changed = detour(options, this)
      if (changed !== undefined) return beneathMsw(() => Reflect.apply(below, this, [changed, callback]))
    }
    return Reflect.apply(below, this, args)
  }
  layers.set(connect, below)
  replaceTop(connect)
}

function uncover(): void {
  for (let below = layers.get(top()); below !== undefined; below = layers.get(top())) replaceTop(below)
}

/** How msw marks connections that are none of its business: the next one that is begun in here. */
interface InternalConnection {
  run<Result>(act: () => Result): Result
  consume(): boolean
}

function beneathMsw<Result>(act: () => Result): Result {
  const msw: unknown = Reflect.get(globalThis, '__MSW_INTERNAL_CONNECTION_CONTEXT')
  if (!isInternalConnection(msw)) return act()
  return msw.run(() => {
    const result = act()
    // When msw is not below, nobody has taken the mark, and what the events of the socket do is not to bear it.
    msw.consume()
    return result
  })
}

function isInternalConnection(value: unknown): value is InternalConnection {
  return typeof value === 'object' && value !== null && 'run' in value && 'consume' in value
}
