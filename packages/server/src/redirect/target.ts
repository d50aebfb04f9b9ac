/** What an application connects to, a host and a port, in one spelling. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { SocketAddress, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'

/** The ports of POP3: in clear (RFC 1939 section 3), and with TLS first (RFC 8314 section 3.3). */
export const pop3Ports = { clear: 110, tls: 995 } as const

/** A host as names are compared: without case, in ASCII, without the dot at the end; an IPv6 address in its shortest form. */
function canonicalHost(host: string): string {
  if (isIPv6(host)) return new SocketAddress({ address: host, family: 'ipv6' }).address
  const name = host.replace(/\.$/, '')
  return domainToASCII(name) || name.toLowerCase()
}

/** A host and a port. */
export interface Target {
  readonly host: string
  readonly port: number
}

/** The target in the one spelling that targets are compared in. */
export function canonicalTarget({ host, port }: Target): Target {
  return { host: canonicalHost(host), port }
}

/** The target as people write it: `pop.gmail.com:995`, `[2001:db8::1]:995`. */
export function nameOfTarget({ host, port }: Target): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`
}

/** A name or an address with a port or without; an IPv6 address with one stands in brackets. A name is whole, without `*`. */
const written = /^(?:\[(?<address>[^[\]]+)\]|(?<name>[^\s:/@*[\]]+))(?::(?<port>\d+))?$/

/**
 * The targets that a text means: both ports of POP3 when it has none.
 *
 * @throws {Pop3ArgumentError} When it is no host, or the port is none.
 */
export function targetsOf(text: string): Target[] {
  const { address, name, port } = written.exec(isIPv6(text) ? `[${text}]` : text)?.groups ?? {}
  const isAddress = address !== undefined && isIPv6(address)
  const host = isAddress ? address : name
  const ports = port === undefined ? Object.values(pop3Ports) : [Number(port)]
  if (host === undefined || ports.some((each) => each < 1 || each > 65_535)) {
    throw new Pop3ArgumentError(
      `Cannot redirect "${text}": expected a host such as "pop.example.com:995", "pop.example.com" or "[2001:db8::1]:995"`,
    )
  }
  return ports.map((each) => canonicalTarget({ host, port: each }))
}

/** Whether a host, in its one spelling, is this machine by name or by address (RFC 6761 section 6.3). */
export function isThisMachine(host: string): boolean {
  return /^(?:.+\.)?localhost$|^127\.|^::1$|^::ffff:127\./.test(host)
}
