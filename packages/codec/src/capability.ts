/** Capabilities: the lines of what CAPA answers (RFC 2449 sections 3 and 5). */
import { Pop3ArgumentError } from './errors.ts'
import { wrongLine, type ListingOptions } from './listing-line.ts'
import { breaksLine, upperCaseAscii } from './octets.ts'

/** One capability as a server announces it. */
export interface Capability {
  /** The tag, in the case it was sent in. */
  readonly tag: string
  /** What stands behind the tag. */
  readonly params: readonly string[]
}

/**
 * Parses a line of the reply to CAPA. Any number of blanks may stand between the words.
 *
 * @throws {@link Pop3ProtocolError} when there is no word in it (R43, D5).
 *
 * @example Parse a capability
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseCapability } from '@pop3kit/codec'
 *
 * assert.deepEqual(parseCapability('SASL PLAIN XOAUTH2'), { tag: 'SASL', params: ['PLAIN', 'XOAUTH2'] })
 * ```
 */
export function parseCapability(line: string, options: ListingOptions = {}): Capability {
  const [tag, ...params] = line.split(/[ \t]+/).filter((word) => word !== '')
  if (tag === undefined) throw wrongLine('capability', line, options, 'a tag')
  return { tag, params }
}

/**
 * Formats a line of the reply to CAPA.
 *
 * @throws {@link Pop3ArgumentError} when a word of it holds a CR, LF or NUL.
 *
 * @example Format a capability
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatCapability } from '@pop3kit/codec'
 *
 * assert.equal(formatCapability({ tag: 'EXPIRE', params: ['NEVER'] }), 'EXPIRE NEVER')
 * ```
 */
export function formatCapability({ tag, params }: Capability): string {
  const line = [tag, ...params].join(' ')
  if (breaksLine(line)) {
    throw new Pop3ArgumentError(`Cannot send the capability ${JSON.stringify(line)}: expected no CR, LF or NUL in it`)
  }
  return line
}

/**
 * What a server can do, in the order in which it said so. Tags are compared in any case (R45).
 *
 * @example Ask for a capability
 * ```ts
 * import assert from 'node:assert/strict'
 * import { Capabilities, parseCapability } from '@pop3kit/codec'
 *
 * const capabilities = new Capabilities(['Top', 'SASL PLAIN XOAUTH2'].map((line) => parseCapability(line)))
 * assert.equal(capabilities.has('TOP'), true)
 * assert.deepEqual(capabilities.get('sasl'), ['PLAIN', 'XOAUTH2'])
 * assert.equal(capabilities.get('UIDL'), undefined)
 * ```
 */
export class Capabilities implements Iterable<Capability> {
  readonly #capabilities: readonly Capability[]

  /** @param capabilities - all that was announced; none by default */
  constructor(capabilities: Iterable<Capability> = []) {
    this.#capabilities = [...capabilities]
  }

  /** Whether a tag was announced. */
  has(tag: string): boolean {
    return this.get(tag) !== undefined
  }

  /** What stands behind a tag (of all lines, when it was announced in several), or `undefined` when it was not announced. */
  get(tag: string): readonly string[] | undefined {
    const wanted = upperCaseAscii(tag)
    const found = this.#capabilities.filter((capability) => upperCaseAscii(capability.tag) === wanted)
    return found.length === 0 ? undefined : found.flatMap(({ params }) => params)
  }

  /** Goes through the capabilities in the order in which they were announced. */
  [Symbol.iterator](): Iterator<Capability> {
    return this.#capabilities.values()
  }
}

/**
 * Parses the lines of the reply to CAPA.
 *
 * @param lines - the lines without their endings, unstuffed, the terminator not among them
 * @param options - `lenient` passes over blank lines (D5)
 * @throws {@link Pop3ProtocolError} as {@link parseCapability} does.
 *
 * @example Parse what CAPA answers
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseCapabilities } from '@pop3kit/codec'
 *
 * const capabilities = parseCapabilities(['TOP', 'USER', 'LOGIN-DELAY 300'])
 * assert.deepEqual([...capabilities].map(({ tag }) => tag), ['TOP', 'USER', 'LOGIN-DELAY'])
 * ```
 */
export function parseCapabilities(lines: Iterable<string>, options: ListingOptions = {}): Capabilities {
  const kept = [...lines].filter((line) => options.lenient !== true || line.trim() !== '')
  return new Capabilities(kept.map((line) => parseCapability(line, options)))
}
