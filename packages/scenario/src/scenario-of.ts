/** Prints handlers as a scenario: what was set up in code becomes a file. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { FaultForm, HandlerUse } from '@pop3kit/server'
import { Document, isCollection, isMap, isScalar, visit } from 'yaml'

/** What a printed scenario says of itself. */
export interface ScenarioHeading {
  /** One sentence about what happens. @default {'As set up in code'} */
  readonly title?: string | undefined
  /** Which server did it, and where that is known from. */
  readonly source?: string | undefined
}

/**
 * Prints handlers as a scenario in YAML, in the order in which they are asked.
 *
 * @param handlers What `server.listHandlers()` gives; all of them made of faults only.
 * @throws {Pop3ArgumentError} When one of them is made of anything else.
 *
 * @example Keep what was set up in code
 * ```ts
 * import assert from 'node:assert/strict'
 * import { scenarioOf } from '@pop3kit/scenario'
 * import { fault, pop3, setupPop3Server } from '@pop3kit/server'
 *
 * const server = setupPop3Server()
 * server.use(pop3.retr(2, [fault.slow('2s'), fault.cut({ octet: 1200 })], { once: true }))
 * assert.equal(
 *   scenarioOf(server.listHandlers(), { title: 'The second message is cut' }),
 *   `title: The second message is cut
 * handlers:
 *   - at: RETR 2
 *     once: true
 *     play:
 *       - { slow: 2s }
 *       - { cut: { octet: 1200 } }
 * `,
 * )
 * await server.close()
 * ```
 */
export function scenarioOf(handlers: readonly HandlerUse[], heading: ScenarioHeading = {}): string {
  const { title = 'As set up in code', source } = heading
  const content = { title, ...(source !== undefined && { source }), handlers: handlers.map(definitionOf) }
  // A fault may stand at several places, and no alias is read.
  const document = new Document(content, { aliasDuplicateObjects: false })
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || key.value !== 'play' || !isCollection(value)) return undefined
      visit(value, { Collection: (_key, node) => void (node.flow = node !== value || isMap(node)) })
      return visit.SKIP
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

function definitionOf({ place, options, forms }: HandlerUse): object {
  const [play, ...more] = forms.map((form) => {
    if (form !== undefined) return playOf(form)
    throw new Pop3ArgumentError(
      `Cannot print the handler for ${place} as a scenario: expected one made of faults only, such as fault.cut({ octet: 1200 })`,
    )
  })
  return { at: place === '*' ? 'any' : place, ...options, play: more.length === 0 ? play : [play, ...more] }
}

/** A lone argument stands for itself where it is no list. */
function playOf({ name, args }: FaultForm): unknown {
  if (args.length === 0) return name
  const [first] = args
  return { [name]: args.length === 1 && !Array.isArray(first) ? first : args }
}
