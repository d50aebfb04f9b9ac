/** Places for handlers: `pop3.retr(2, ...)`, `pop3.greeting(...)`. */
import { checkHandler } from './check-handler.ts'
import type { ArgumentMatcher, Handler, HandlerFunction, HandlerOptions, HandlerPoint } from './handler.ts'

/** What answers at a place: a handler function, a fault, or several of them, the first around the second and so on. */
export type Responder = HandlerFunction | readonly HandlerFunction[]

/** What makes a handler: what answers, perhaps for one argument only, perhaps not every time. */
export type PlaceArguments =
  | readonly [responder: Responder, options?: HandlerOptions | undefined]
  | readonly [argument: ArgumentMatcher, responder: Responder, options?: HandlerOptions | undefined]

/**
 * Makes a handler for one verb: for every command with it, or only where the argument matches. A number is compared with the
 * first word of the argument, text with all of it.
 */
export type VerbPlace = (...args: PlaceArguments) => Handler

/** Makes a handler for a place that has no argument. */
export type Place = (responder: Responder, options?: HandlerOptions) => Handler

function handlerAt(
  point: HandlerPoint,
  argument: ArgumentMatcher | undefined,
  responder: Responder,
  options: HandlerOptions = {},
): Handler {
  // No argument at all is a pattern, too, so that it shows in the place.
  const matcher = argument === '' ? /^$/ : argument
  const place = matcher === undefined ? point : `${point} ${String(matcher)}`
  const handler: Handler = { place, point, argument: matcher, responders: [responder].flat(), options }
  checkHandler(handler)
  return handler
}

function hasNoArgument(
  args: PlaceArguments,
): args is Exclude<PlaceArguments, readonly [ArgumentMatcher, ...unknown[]]> {
  return typeof args[0] === 'function' || Array.isArray(args[0])
}

function verbAt(name: string, args: PlaceArguments): Handler {
  return hasNoArgument(args) ? handlerAt(name, undefined, ...args) : handlerAt(name, ...args)
}

const verb =
  (name: string): VerbPlace =>
  (...args) =>
    verbAt(name, args)

const place =
  (point: HandlerPoint): Place =>
  (responder, options) =>
    handlerAt(point, undefined, responder, options)

/**
 * Places for handlers and faults. A handler gets the situation and `next`, which asks whoever comes after it: the handlers used
 * before, and at last the server.
 *
 * @example Refuse the second message once
 * ```ts
 * import { Pop3Client } from '@pop3kit/client'
 * import { pop3, reply, setupPop3Server } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const server = setupPop3Server({ maildrops: { alice: { password: 'wonderland', messages: ['one\r\n', 'two\r\n'] } } })
 * server.use(pop3.retr(2, () => reply.err('try again'), { once: true }))
 *
 * const client = new Pop3Client({ transport: server.connect() })
 * await client.login({ user: 'alice', pass: 'wonderland' })
 * await assert.rejects(client.retr(2), { code: 'POP3_REPLY' })
 * assert.equal(String(Buffer.from(await client.retr(2))), 'two\r\n')
 * await client.quit()
 * await server.close()
 * ```
 */
export const pop3: {
  readonly user: VerbPlace
  readonly pass: VerbPlace
  readonly apop: VerbPlace
  readonly capa: VerbPlace
  readonly stat: VerbPlace
  readonly list: VerbPlace
  readonly uidl: VerbPlace
  readonly retr: VerbPlace
  readonly top: VerbPlace
  readonly dele: VerbPlace
  readonly noop: VerbPlace
  readonly rset: VerbPlace
  readonly quit: VerbPlace
  readonly stls: VerbPlace
  readonly auth: VerbPlace
  readonly utf8: VerbPlace
  readonly lang: VerbPlace
  /** Any verb, known to the server or not. */
  readonly command: (name: string, ...args: PlaceArguments) => Handler
  /** Every command. */
  readonly any: Place
  /** A connection was accepted and nothing is said yet. Whatever a reply here puts on the wire comes before the greeting. */
  readonly connection: Place
  /**
   * The TLS handshake is due: behind the answer to STLS, or before the greeting where TLS is implicit. `next()` is the handshake; a
   * reply in its stead goes out in clear.
   */
  readonly tls: Place
  /** The greeting is due. */
  readonly greeting: Place
  /** A line of a SASL exchange was read: the next challenge is due, or the outcome (RFC 5034 section 4). */
  readonly response: Place
  /** The client was silent for as long as the persona allows. */
  readonly idle: Place
  /** The server is about to close the connection, behind the answer to QUIT. */
  readonly close: Place
} = {
  user: verb('USER'),
  pass: verb('PASS'),
  apop: verb('APOP'),
  capa: verb('CAPA'),
  stat: verb('STAT'),
  list: verb('LIST'),
  uidl: verb('UIDL'),
  retr: verb('RETR'),
  top: verb('TOP'),
  dele: verb('DELE'),
  noop: verb('NOOP'),
  rset: verb('RSET'),
  quit: verb('QUIT'),
  stls: verb('STLS'),
  auth: verb('AUTH'),
  utf8: verb('UTF8'),
  lang: verb('LANG'),
  command: (name, ...args) => verbAt(name.toUpperCase(), args),
  any: place('*'),
  connection: place('connection'),
  tls: place('tls'),
  greeting: place('greeting'),
  response: place('response'),
  idle: place('idle'),
  close: place('close'),
}
