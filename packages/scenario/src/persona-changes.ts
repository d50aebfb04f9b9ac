/** What a scenario changes about the persona that it is played with. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import type { PersonaDefinition } from '@pop3kit/server'
import type { PolicyDefinitions, ScenarioDefinition } from './scenario-definition.ts'

/** Texts, commands and policies that a persona has otherwise. */
export type PersonaChanges = Pick<PersonaDefinition, 'texts' | 'commands' | 'policies'>

/** The changes that a scenario makes, if it makes any. */
export function personaChangesOf({ texts, commands, policies }: ScenarioDefinition): PersonaChanges | undefined {
  if (texts === undefined && commands === undefined && policies === undefined) return undefined
  return {
    ...(texts && { texts }),
    ...(commands && { commands: knownIn(commands) }),
    ...(policies && { policies: inMilliseconds(policies) }),
  }
}

/** Nothing stands for a command that is not known. */
function knownIn(commands: NonNullable<ScenarioDefinition['commands']>): PersonaChanges['commands'] {
  return Object.fromEntries(Object.entries(commands).map(([verb, states]) => [verb, states ?? undefined]))
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
