/** The first contact with a server: how it lets one in, and what it says that it has. What it does not tell is left open. */
import {
  isPop3Error,
  isResponseCode,
  parseApopTimestamp,
  parseCapabilities,
  type Capabilities,
  type ScanListing,
} from '@pop3kit/codec'
import type { Connections } from './connections.ts'
import { ConnectionError } from './dial.ts'
import { headerOf, isAscii } from './header.ts'
import { loginMethods, type LoginMethod } from './login.ts'
import type { Settings } from './options.ts'
import { fail, Verdict } from './verdict.ts'
import type { Conversation } from './wire/conversation.ts'
import { bodyText, type RawReply } from './wire/reply.ts'

/** What is known of a server before the first check. */
export interface Survey {
  /** The line of the greeting. */
  readonly greeting: string
  /** The APOP timestamp in the greeting. */
  readonly timestamp: string | undefined
  /** How the server lets the suite in. */
  readonly login: LoginMethod
  /** What CAPA lists. `undefined`: there is no CAPA, or no such connection. */
  readonly capabilities: {
    readonly clear: Capabilities | undefined
    readonly tls: Capabilities | undefined
    readonly transaction: Capabilities | undefined
  }
  /** What LIST lists, by message-number. */
  readonly scan: readonly ScanListing[]
  /** The message-numbers of those whose header is not ASCII, where the server has UTF8: it need not send them as they are (R91). */
  readonly international: readonly number[]
  /** Whether the optional commands work. */
  readonly works: { readonly TOP: boolean; readonly UIDL: boolean }
}

/** What CAPA listed where somebody asked. */
interface Listed {
  readonly capabilities: Capabilities | undefined
}

/** Messages of which it is found out whether the server refuses them without UTF8. */
const sampled = 100

/** Throws a verdict, or a connection error, when the server cannot be reached, does not greet, or lets nobody in. */
export async function survey(settings: Settings, connections: Connections): Promise<Survey> {
  const { greeting, capabilities: first } = await greet(connections)
  const { login, capabilities: transaction } = await findWayIn(settings, connections)
  const implicit = settings.mode === 'implicit'
  const tls = implicit ? first : await probe(connections, () => capabilitiesUnderTls(settings, connections, first))
  const ask = async (command: string): Promise<RawReply> => {
    const { talk } = await connections.entered(login)
    return talk.command(command)
  }
  const scan = await probe(connections, async () => {
    const { talk } = await connections.entered(login)
    return scanOf((await linesOf(talk, await talk.command('LIST'))) ?? [])
  })
  const hasUtf8 = [first, tls, transaction].some((listed) => listed?.has('UTF8') === true)
  const international = await probe(connections, () =>
    findInternational(hasUtf8 ? settings.known : undefined, connections, login, scan ?? []),
  )
  const number = scan?.find((listing) => !international?.includes(listing.number))?.number ?? 1
  const top = await probe(connections, () => ask(`TOP ${number} 0`))
  const uidl = await probe(connections, () => ask('UIDL'))
  return {
    greeting,
    timestamp: parseApopTimestamp(greeting),
    login,
    capabilities: { clear: implicit ? undefined : first, tls, transaction },
    scan: scan ?? [],
    international: international ?? [],
    works: { TOP: top?.ok === true, UIDL: uidl?.ok === true },
  }
}

/** The messages whose header is known not to be ASCII, or which the server refuses to those who did not say UTF8. */
async function findInternational(
  known: Settings['known'] = [],
  connections: Connections,
  login: LoginMethod,
  scan: readonly ScanListing[],
): Promise<number[]> {
  const { talk } = await connections.entered(login)
  const found: number[] = []
  for (const [index, { number }] of scan.slice(0, Math.max(sampled, known.length)).entries()) {
    const content = known[index]?.content
    const isKnown = content !== undefined && !isAscii(headerOf(content))
    const answer = isKnown ? undefined : await talk.command(`TOP ${number} 0`)
    if (isKnown || isResponseCode(answer?.code, 'UTF8')) found.push(number)
    else if (answer?.ok === true) await talk.body(answer)
    // There is no TOP, or something is wrong with it: some servers close after too many commands that they refuse.
    else return found
  }
  return found
}

/** What can be understood of the lines of LIST. */
function scanOf(lines: readonly string[]): ScanListing[] {
  return lines.flatMap((line) => {
    const [, number, octets] = /^\s*(\d+)\s+(\d+)/.exec(line) ?? []
    return number === undefined ? [] : [{ number: Number(number), octets: Number(octets) }]
  })
}

async function greet(connections: Connections): Promise<Pick<Survey, 'greeting'> & Listed> {
  const talk = await connections.open()
  const greeting = await talk.greeting()
  if (!greeting.ok) throw fail(`the greeting is "${greeting.line}"`)
  return { greeting: greeting.line, capabilities: await probe(connections, () => capabilitiesOf(talk)) }
}

/** Tries one way after the other, each on a connection of its own. */
async function findWayIn(settings: Settings, connections: Connections): Promise<Pick<Survey, 'login'> & Listed> {
  const refusals: string[] = []
  for (const login of loginMethods(settings)) {
    const { talk, answer } = await connections.entered(login)
    if (answer.ok) return { login, capabilities: await probe(connections, () => capabilitiesOf(talk)) }
    refusals.push(`${answer.to} is answered "${answer.line}"`)
    await connections.close()
  }
  throw fail(
    `the login fails: ${refusals.length === 0 ? 'expected a password or an APOP secret' : refusals.join(', ')}`,
  )
}

async function capabilitiesUnderTls(
  { mode }: Settings,
  connections: Connections,
  inClear: Capabilities | undefined,
): Promise<Capabilities | undefined> {
  if (mode === 'none' && inClear?.has('STLS') !== true) return undefined
  const { talk } = await connections.secure()
  return capabilitiesOf(talk)
}

async function capabilitiesOf(talk: Conversation): Promise<Capabilities | undefined> {
  const lines = await linesOf(talk, await talk.command('CAPA'))
  return lines && parseCapabilities(lines, { lenient: true })
}

async function linesOf(talk: Conversation, answer: RawReply): Promise<string[] | undefined> {
  return answer.ok ? bodyText(await talk.body(answer)) : undefined
}

/** Asks something; what the server does not answer as it should is for the checks to say. */
async function probe<T>(connections: Connections, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Verdict || error instanceof ConnectionError || isPop3Error(error)) return undefined
    throw error
  } finally {
    await connections.close()
  }
}
