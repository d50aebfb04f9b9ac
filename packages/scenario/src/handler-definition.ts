/** Handlers as scenario files describe them: a place, faults that stand there, when and how often. */
import { type ArgumentMatcher, type Fault, type Handler, fault, faultNamed, pop3 } from '@pop3kit/server'
import type { Path } from '@pop3kit/yaml-file'
import type { HandlerDefinition } from './scenario-definition.ts'
import { points } from './scenario-schema.ts'
import { type ScenarioText, shown } from './scenario-text.ts'

/** Makes the handlers of a scenario. */
export function handlersOf(text: ScenarioText): Handler[] {
  return (text.content.handlers ?? []).map((definition, index) => {
    const path: Path = ['handlers', index]
    // What the schema leaves to handlers is which options go together.
    return text.placing(path, () => handlerOf(definition, text, path))
  })
}

function handlerOf({ at, play, ...options }: HandlerDefinition, text: ScenarioText, path: Path): Handler {
  const faults = faultsOf(play, text, [...path, 'play'])
  const point = points.find((name) => name === at)
  if (point !== undefined) return pop3[point](faults, options)
  const [verb = '', argument] = at.split(/ (.*)/s)
  if (argument === undefined) return pop3.command(verb, faults, options)
  return pop3.command(verb, matcherOf(argument, text, [...path, 'at']), faults, options)
}

/** A number is the first word of an argument, `/.../` a pattern for it, and all else the whole argument. */
function matcherOf(argument: string, text: ScenarioText, path: Path): ArgumentMatcher {
  if (/^\d+$/.test(argument)) return Number(argument)
  const [, pattern, flags] = /^\/(.*)\/(\w*)$/s.exec(argument) ?? []
  if (pattern === undefined) return argument
  try {
    return new RegExp(pattern, flags)
  } catch (cause) {
    const expected = 'a regular expression between slashes'
    throw text.error(path, { problem: `${shown(argument)} is no pattern`, expected, cause })
  }
}

const expected = 'a fault: its name, or a mapping from its name to its arguments'

function faultsOf(play: unknown, text: ScenarioText, path: Path): Fault[] {
  if (!Array.isArray(play)) return [faultOf(play, text, path)]
  if (play.length === 0) throw text.error(path, { problem: 'the list is empty', expected })
  return play.map((one: unknown, index) => faultOf(one, text, [...path, index]))
}

function faultOf(play: unknown, text: ScenarioText, path: Path): Fault {
  if (typeof play === 'string') return text.placing(path, () => faultNamed(play, []))
  const [[name, given] = [], ...others] =
    typeof play === 'object' && play !== null ? Object.entries<unknown>({ ...play }) : []
  if (name === undefined || others.length > 0)
    throw text.error(path, { problem: `${shown(play)} is no fault`, expected })
  // A list is several arguments, and nothing is none.
  const args: readonly unknown[] = Array.isArray(given) ? given : given === null ? [] : [given]
  // What is wrong is the name, or else what it was given.
  return text.placing([...path, name], () => faultNamed(name, args), Object.hasOwn(fault, name) ? 'value' : 'key')
}
