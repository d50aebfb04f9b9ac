/** Loads a scenario from a file. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { errorCode } from '@pop3kit/yaml-file'
import { ScenarioError } from './scenario-error.ts'
import { parseScenario } from './parse-scenario.ts'
import type { Scenario } from './scenario.ts'

/**
 * Loads a scenario from a file, YAML or JSON.
 *
 * @param path A path or a `file:` URL.
 * @throws {ScenarioError} When the file cannot be read or is no scenario: with the line and the column of what is wrong, and what is
 * allowed there.
 *
 * @example Play a file
 * ```ts
 * import assert from 'node:assert/strict'
 * import { mkdtemp, rm, writeFile } from 'node:fs/promises'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { loadScenario } from '@pop3kit/scenario'
 * import { setupPop3Server } from '@pop3kit/server'
 *
 * const folder = await mkdtemp(join(tmpdir(), 'scenario-'))
 * const file = join(folder, 'busy.yaml')
 * await writeFile(file, 'title: The server is busy\nhandlers: [{ at: greeting, play: { err: try later } }]')
 *
 * const { options } = await loadScenario(file)
 * const server = setupPop3Server(options)
 * const [greeting] = await server.connect().take(1).toArray()
 * assert.equal(String(greeting), '-ERR try later\r\n')
 * await server.close()
 * await rm(folder, { recursive: true })
 * ```
 */
export async function loadScenario(path: string | URL): Promise<Scenario> {
  const file = typeof path === 'string' ? path : fileURLToPath(path)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const code = errorCode(cause)
    const problem = code === 'ENOENT' ? 'it does not exist' : `it cannot be read (${code})`
    throw new ScenarioError({ file, problem, expected: 'a scenario in YAML or JSON', cause })
  })
  return parseScenario(text, { file })
}
