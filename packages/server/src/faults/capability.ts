/** Faults of CAPA (RFC 2449 section 5): what is announced is not what is. */
import { line, word } from './arguments.ts'
import { type FaultMaker, answering, defineFault } from './fault.ts'
import { list, members, optional } from './kind.ts'
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

const someCapabilities = list('capabilities', line('a capability'))

/**
 * Changes what CAPA announces, and nothing of what works: announced and failing (M48), working and not announced (M47, M50), in lower case (M16), a
 * line that begins with a dot (M10).
 */
export const capabilities: FaultMaker<[lies: CapabilityLies]> = defineFault(
  'capabilities',
  [
    members<CapabilityLies>('lies about capabilities', {
      add: optional(someCapabilities),
      remove: optional(someCapabilities),
      only: optional(someCapabilities),
      case: optional(word('the case of capabilities', 'lower')),
    }),
  ],
  (lies) => {
    const removed = tagsIn(lies.remove ?? [])
    const only = lies.only && tagsIn(lies.only)
    return answering(async ({ command }, next) => {
      if (command?.verb !== 'CAPA') return undefined
      const honest = await next()
      if (!honest.ok || honest.body === undefined) return undefined
      const lines = await linesOf(honest.body)
      const kept = lines.filter((line) => !removed.has(tagOf(line)) && (only?.has(tagOf(line)) ?? true))
      const lied = [...kept, ...(lies.add ?? [])].map((line) => (lies.case === 'lower' ? line.toLowerCase() : line))
      return lied.join('\n') === lines.join('\n') ? undefined : withLines(honest, lied)
    })
  },
)

const tagOf = (line: string): string => line.split(' ', 1)[0]?.toUpperCase() ?? ''

const tagsIn = (lines: readonly string[]): ReadonlySet<string> => new Set(lines.map(tagOf))
