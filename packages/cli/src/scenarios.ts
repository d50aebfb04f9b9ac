/** What `--scenario` and `--persona` together make of a server. */
import { type Scenario, type ScenarioOptions, combineScenarios, loadScenario } from '@pop3kit/scenario'
import type { PersonaName } from '@pop3kit/server'

/** What is played, and what sets up a server for it. */
export interface Playing {
  readonly scenarios: readonly Scenario[]
  readonly options: ScenarioOptions & Required<Pick<ScenarioOptions, 'persona'>>
}

/**
 * Plays these files: as the persona that was asked for, or that a file wants, or else the usual one.
 *
 * @throws {ScenarioError} When a file cannot be loaded, or does not go with another one or with the persona.
 */
export async function playing(
  files: readonly string[],
  persona: PersonaName | undefined,
  usual: PersonaName,
): Promise<Playing> {
  const asked = { file: '--persona', persona, changes: undefined, tls: undefined, handlers: [] }
  const scenarios = await Promise.all(files.map((file) => loadScenario(file)))
  return { scenarios, options: { persona: usual, ...combineScenarios([asked, ...scenarios], usual) } }
}
