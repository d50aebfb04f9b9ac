/** The text of a scenario: YAML, or JSON. */
import { isPop3Error } from '@pop3kit/codec'
import { type Path, YamlFile } from '@pop3kit/yaml-file'
import type { ScenarioDefinition } from './scenario-definition.ts'
import { ScenarioError } from './scenario-error.ts'
import { scenarioSchema } from './scenario-schema.ts'

/** A scenario with its text. */
export class ScenarioText extends YamlFile<ScenarioDefinition> {
  /** @throws {ScenarioError} When the text is no scenario. */
  constructor(file: string, text: string) {
    super({
      file,
      text,
      schema: scenarioSchema,
      whole: 'the scenario',
      told: ({ input }) => shown(input),
      FileError: ScenarioError,
    })
  }

  /** Makes something of the value at `path`, or of the key at its end; what is refused there becomes an error with a place. */
  placing<Value>(path: Path, make: () => Value, about: 'value' | 'key' = 'value'): Value {
    try {
      return make()
    } catch (cause) {
      if (!isPop3Error(cause)) throw cause
      const [said = '', expected = 'something else'] = cause.message.split(/: expected (.*)/s)
      const problem = { problem: said.charAt(0).toLowerCase() + said.slice(1), expected, cause }
      throw about === 'key' ? this.errorOfKey(path, problem) : this.error(path, problem)
    }
  }
}

const longestShown = 60

/** A value of JSON, the beginning of it when it is long. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'empty'
  const json = JSON.stringify(value)
  return json.length > longestShown ? `${json.slice(0, longestShown)}...` : json
}
