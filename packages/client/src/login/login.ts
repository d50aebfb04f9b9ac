/** Logging in: the choice among the ways that the server offers, and what comes when it refuses one (RFC 5034 section 4). */
import {
  type Capabilities,
  formatCommand,
  isResponseCode,
  Pop3ArgumentError,
  Pop3ProtocolError,
  type ReplyStatus,
} from '@pop3kit/codec'
import type { Connection } from '../connection.ts'
import { Pop3ClosedError, Pop3ReplyError } from '../errors.ts'
import type { Pop3Auth } from './auth.ts'
import type { LoginWay, Offer } from './way.ts'
import { loginWays } from './ways.ts'

/** The server, as far as a login is concerned. */
export interface LoginServer {
  readonly connection: Connection
  readonly greeting: ReplyStatus
  /** Whether others may read what is sent to it. */
  readonly exposed: boolean
  /** What it has announced; `undefined` when it was not asked. */
  readonly announced: Capabilities | undefined
  /** Asks it, unless that was done. */
  capabilities(): Promise<Capabilities>
}

/** Logs in by the named mechanism, or by those that the server offers, the best first. */
export async function login(server: LoginServer, auth: Pop3Auth): Promise<void> {
  const secrets = secretsOf(auth)
  const wanted = wantedWays(auth)
  const isToAsk = auth.mechanism === undefined || wanted.some(({ needsUtf8 }) => needsUtf8)
  const capabilities = isToAsk ? await server.capabilities() : server.announced
  const offer = { greeting: server.greeting, capabilities }
  let refusal: unknown
  for (const way of openWays(wanted, offer, auth, server.exposed)) {
    try {
      return await way.go(server.connection, offer, secrets)
    } catch (error) {
      // M55, M56: some close behind a refusal, and then it is the refusal that matters
      if (refusal !== undefined && error instanceof Pop3ClosedError) throw refusal
      if (server.connection.ended.aborted || !isWorthAnotherTry(error, way)) throw error
      refusal = error
    }
  }
  throw refusal
}

/** What no error shows. It is refused here if no line can carry it (R98), before anything has been sent. */
function secretsOf(auth: Pop3Auth): string[] {
  const words = Object.values(auth).filter((value) => typeof value === 'string')
  formatCommand('AUTH', ...words)
  if ('pass' in auth) return [auth.pass]
  return 'accessToken' in auth ? [auth.accessToken] : []
}

/** The named way, which is never replaced by another (R97), or all there are. */
function wantedWays(auth: Pop3Auth): readonly LoginWay[] {
  const ways = loginWays(auth)
  if (auth.mechanism === undefined) return ways
  return atLeastOne(
    ways.filter(({ name }) => name === auth.mechanism),
    `one of ${names(ways)} as the mechanism`,
  )
}

/** Those of the ways that are open with this server, over this connection; at least one. */
function openWays(wanted: readonly LoginWay[], offer: Offer, auth: Pop3Auth, exposed: boolean): readonly LoginWay[] {
  const offered = atLeastOne(
    wanted.filter((way) => auth.mechanism !== undefined || way.isOffered(offer)),
    `the server to announce one of ${names(wanted)}, or one to be named that is known to work`,
  )
  const legible = atLeastOne(
    offered.filter(({ needsUtf8 }) => !needsUtf8 || takesUtf8(offer)),
    'name and password in ASCII, because the server does not announce "UTF8 USER"',
  )
  const mayShow = !exposed || ('allowCleartext' in auth && auth.allowCleartext === true)
  return atLeastOne(
    legible.filter(({ cleartext }) => mayShow || !cleartext),
    `TLS or allowCleartext, because ${names(legible)} would show the password to whoever can listen`,
  )
}

function atLeastOne(ways: readonly LoginWay[], expected: string): readonly LoginWay[] {
  if (ways.length > 0) return ways
  throw new Pop3ArgumentError(`Cannot log in: expected ${expected}`)
}

function names(ways: readonly LoginWay[]): string {
  return ways.map(({ name }) => name).join(', ')
}

/** R94. */
function takesUtf8({ capabilities }: Offer): boolean {
  return capabilities?.get('UTF8')?.some((word) => word.toUpperCase() === 'USER') ?? false
}

/** Not when the mailbox is busy or broken, whatever the mechanism (R57, R58, R70), and not when the password itself was wrong. */
function isWorthAnotherTry(error: unknown, { cleartext }: LoginWay): boolean {
  // A challenge that made no sense says nothing about the password, nor does a mechanism that cannot carry it
  if (error instanceof Pop3ProtocolError || error instanceof Pop3ArgumentError) return true
  if (!(error instanceof Pop3ReplyError)) return false
  // R71: the secret of the others may be another one than the password (R23)
  const final = ['IN-USE', 'LOGIN-DELAY', 'SYS', ...(cleartext ? ['AUTH'] : [])]
  return !final.some((code) => isResponseCode(error.responseCode, code))
}
