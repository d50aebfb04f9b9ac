/** Faults of CAPA (RFC 2449 section 5): what is announced is not what is. */
import { membersOf, oneLine, oneOf, refuse } from './arguments.ts'
import { type Fault, defineFault } from './fault.ts'
import { linesOf, withLines } from './lines.ts'

/** How a list of capabilities differs from the honest one. */
export interface CapabilityLies {
  /** Announced besides. */
  readonly add?: readonly string[] | undefined
  /** Not announced, by their tags: `SASL` takes the whole line away. */
  readonly remove?: readonly string[] | undefined
  /** The only ones that are announced, if they are at all, by their tags. */
  readonly only?: readonly string[] | undefined
  /** `lower`: everything in lower case. */
  readonly case?: 'lower' | undefined
}

/**
 * Changes what CAPA announces, and nothing of what works: announced and failing (M48), working and not announced (M47, M50), in lower case (M16), a
 * line that begins with a dot (M10).
 *
 * @throws {Pop3ArgumentError} When a capability is not one line.
 */
export function capabilities(lies: CapabilityLies): Fault {
  const given = membersOf(lies, 'lies about capabilities', ['add', 'remove', 'only', 'case'])
  const add = linesIn(given['add'] ?? [])
  const removed = tagsIn(given['remove'] ?? [])
  const only = given['only'] === undefined ? undefined : tagsIn(given['only'])
  const isLower = oneOf(given['case'] ?? 'honest', 'the case of capabilities', ['lower', 'honest']) === 'lower'
  return defineFault('capabilities', [lies], async ({ command }, next) => {
    if (command?.verb !== 'CAPA') return undefined
    const honest = await next()
    if (!honest.ok || honest.body === undefined) return undefined
    const lines = await linesOf(honest.body)
    const kept = lines.filter((line) => !removed.has(tagOf(line)) && (only?.has(tagOf(line)) ?? true))
    const lied = [...kept, ...add].map((line) => (isLower ? line.toLowerCase() : line))
    return lied.join('\n') === lines.join('\n') ? undefined : withLines(honest, lied)
  })
}

const tagOf = (line: string): string => line.split(' ', 1)[0]?.toUpperCase() ?? ''

function linesIn(given: unknown): readonly string[] {
  if (!Array.isArray(given)) return refuse(given, 'capabilities', 'a list of them')
  return given.map((line) => oneLine(line, 'a capability'))
}

const tagsIn = (given: unknown): ReadonlySet<string> => new Set(linesIn(given).map(tagOf))
