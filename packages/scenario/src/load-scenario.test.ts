import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { loadScenario } from './load-scenario.ts'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scenario-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('a file is loaded by its path and by its URL', async () => {
  const file = join(await temporaryFolder(), 'gmail.json')
  await writeFile(file, '{ "title": "Gmail", "persona": "gmail" }')
  expect(await loadScenario(file)).toMatchObject({ file, title: 'Gmail', options: { persona: 'gmail' } })
  expect(await loadScenario(pathToFileURL(file))).toMatchObject({ file })
})

test('an error names the file', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'odd.yaml')
  await writeFile(file, 'title: [odd]')
  await expect(loadScenario(file)).rejects.toMatchObject({
    file,
    line: 1,
    column: 8,
    message: `Cannot load "${file}": line 1, column 8: title is ["odd"]; expected text, in quotes where YAML takes it for something else`,
  })
  await expect(loadScenario(join(folder, 'none.yaml'))).rejects.toThrow(
    /none\.yaml": it does not exist; expected a scenario/,
  )
  await expect(loadScenario(folder)).rejects.toThrow(
    /": it cannot be read \(EISDIR\); expected a scenario in YAML or JSON$/,
  )
})
