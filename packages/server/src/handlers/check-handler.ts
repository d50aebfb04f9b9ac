/** What cannot be a handler is refused when it is made, not when its place is reached. */
import { Pop3ArgumentError, redactCommand } from '@pop3kit/codec'
import type { Handler, HandlerOptions } from './handler.ts'

const optionNames: readonly string[] = [
  'once',
  'times',
  'nth',
  'session',
  'user',
  'when',
  'then',
  'scenario',
] satisfies readonly (keyof HandlerOptions)[]

/** @throws {Pop3ArgumentError} When nothing answers there, or an option cannot be. */
export function checkHandler({ place, point, responders, options }: Handler): void {
  const handler = `the handler for ${redactCommand(place)}`
  const fail = (problem: string, expected: string): never => {
    throw new Pop3ArgumentError(`Cannot ${problem}: expected ${expected}`)
  }
  if (/\s/.test(point)) fail(`use "${point}" as a verb`, 'one word, and an argument of its own')
  if (responders.some((responder) => typeof responder !== 'function')) {
    fail(`make ${handler}`, 'a fault, a function, or a list of them')
  }
  const unknown = Object.keys(options).find((name) => !optionNames.includes(name))
  if (unknown !== undefined) fail(`use "${unknown}" as an option of ${handler}`, `one of ${optionNames.join(', ')}`)
  if (options.once === true && options.times !== undefined) {
    fail(`use "once" and "times" of ${handler} together`, 'one of them')
  }
  for (const name of ['times', 'nth', 'session'] as const) {
    const value = options[name]
    if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) continue
    fail(`use "${value}" as "${name}" of ${handler}`, 'a whole number, 1 or more')
  }
}
