/** What a scenario changes about the persona that it is played with. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import type { PersonaDefinition } from '@pop3kit/server'
import type { PolicyDefinitions, ScenarioDefinition } from './scenario-definition.ts'

/** Texts and policies that a persona has otherwise. */
export type PersonaChanges = Pick<PersonaDefinition, 'texts' | 'policies'>

/** The changes that a scenario makes, if it makes any. */
export function personaChangesOf({ texts, policies }: ScenarioDefinition): PersonaChanges | undefined {
  if (texts === undefined && policies === undefined) return undefined
  return { ...(texts && { texts }), ...(policies && { policies: inMilliseconds(policies) }) }
}

function inMilliseconds({
  loginDelay,
  loginTime,
  idle,
  delays,
  ...policies
}: PolicyDefinitions): PersonaChanges['policies'] {
  return {
    ...policies,
    ...(loginDelay !== undefined && { loginDelay: parseDuration(loginDelay) }),
    ...(loginTime !== undefined && { loginTime: parseDuration(loginTime) }),
    ...(idle && { idle: each(idle) }),
    ...(delays && { delays: each(delays) }),
  }
}

function each(durations: Readonly<Record<string, Duration>>): Record<string, number> {
  return Object.fromEntries(Object.entries(durations).map(([name, duration]) => [name, parseDuration(duration)]))
}
