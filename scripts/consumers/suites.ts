/** The suites that pages show, as files of the project that their comment names: <!-- consumer: vitest -->. */
import type { CodeBlock } from '../lib/code-blocks.ts'

/** The suites of each project, path to content. README.md has a quick start for Vitest and one for Jest. */
export function suitesOf(
  projects: readonly string[],
  examples: readonly CodeBlock[],
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  for (const runner of ['vitest', 'jest'])
    if (!examples.some(({ file, consumer }) => file === 'README.md' && consumer === runner))
      throw new Error(`README.md has no quick start behind <!-- consumer: ${runner} -->`)

  const suites = new Map<string, Record<string, string>>()
  for (const { file, line, language, code, consumer } of examples) {
    if (consumer === undefined) continue
    if (!projects.includes(consumer))
      throw new Error(`${file}:${line}: there is no consumer "${consumer}"; expected one of ${projects.join(', ')}`)
    const name = `${file.replaceAll('/', '-')}-${line}.spec.${language}`
    suites.set(consumer, { ...suites.get(consumer), [name]: code })
  }
  return suites
}
