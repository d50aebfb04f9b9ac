/**
 * The packed packages in the hands of users: clean projects outside the workspace install the tarballs with npm and run, as printed,
 * the documented suites that stand behind <!-- consumer: vitest --> and <!-- consumer: jest -->. README.md has one of each.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodeBlock } from '../lib/code-blocks.ts'
import { command, concurrently, conclude } from '../lib/command.ts'
import { loadBothWays } from '../lib/load-both-ways.ts'
import { inTemporaryFolder, pack, type Tarball } from '../lib/pack.ts'
import { isLibrary, workspace, type Manifest } from '../lib/workspace.ts'
import { examplesOf } from './examples.ts'

export interface Consumer {
  /** Exact versions of what the project has besides the kit. */
  readonly tools: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  /** Programs of node_modules/.bin, or `node`, with their arguments. */
  readonly runs: readonly (readonly string[])[]
}

/** The documented suites for a runner, as files. */
export function suitesFor(runner: string, examples: readonly CodeBlock[]): Record<string, string> {
  const suites = examples.filter(({ consumer }) => consumer === runner)
  if (suites.every(({ file }) => file !== 'README.md'))
    throw new Error(`README.md has no quick start behind <!-- consumer: ${runner} -->`)
  return Object.fromEntries(
    suites.map(({ file, line, language, code }) => [`${file.replaceAll('/', '-')}-${line}.test.${language}`, code]),
  )
}

/** A project that has nothing but the kit and a type-checker: every library loads, and its types do. */
function plainConsumer(libraries: readonly string[], typescript: string, nodeTypes: string): Consumer {
  const imports = libraries.map((name, index) => `import * as library${index} from '${name}'\n`)
  const values = `export const libraries = [${libraries.map((_, index) => `library${index}`).join(', ')}]\n`
  const strictly = ['--noEmit', '--strict', '--target', 'es2023', '--types', 'node', 'use.mts', 'use.cts']
  return {
    tools: { typescript, '@types/node': nodeTypes },
    files: { 'use.mts': imports.join('') + values, 'use.cts': imports.join('') + values },
    runs: [
      ['node', '-e', loadBothWays(libraries)],
      ['tsc', '--module', 'nodenext', ...strictly],
      ['tsc', '--module', 'esnext', '--moduleResolution', 'bundler', ...strictly],
      ['pop3kit', '--help'],
    ],
  }
}

export async function tryOut({ tools, files, runs }: Consumer, tarballs: readonly Tarball[]): Promise<string[]> {
  return inTemporaryFolder(async (cwd) => {
    const kit = Object.fromEntries(tarballs.map(({ manifest, path }) => [manifest.name, `file:${path}`]))
    const manifest = JSON.stringify({ private: true, devDependencies: { ...kit, ...tools } })
    for (const [name, source] of Object.entries({ ...files, 'package.json': manifest }))
      writeFileSync(join(cwd, name), source)
    // pnpm points NODE_PATH at the workspace's modules, where a package would find what it does not declare.
    const options = { cwd, env: { NODE_PATH: '' } }
    const installed = await command('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], options)
    if (!installed.ok) return [installed.transcript]
    const problems: string[] = []
    for (const [name = '', ...args] of runs) {
      const program = name === 'node' ? process.execPath : join(cwd, 'node_modules/.bin', name)
      const { ok, transcript } = await command(program, args, options)
      if (!ok) problems.push(transcript)
    }
    return problems
  })
}

async function consumerProblems(root: string): Promise<string[]> {
  const examples = examplesOf(root)
  const { devDependencies = {} }: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { vitest = '', typescript = '', '@types/node': nodeTypes = '' } = devDependencies
  return inTemporaryFolder(async (folder) => {
    const tarballs = await pack(root, folder)
    const libraries = tarballs.filter(isLibrary).map(({ manifest }) => manifest.name)
    const consumers: Consumer[] = [
      { tools: { vitest }, files: suitesFor('vitest', examples), runs: [['vitest', 'run']] },
      { tools: { jest: '30.5.2' }, files: suitesFor('jest', examples), runs: [['jest']] },
      plainConsumer(libraries, typescript, nodeTypes),
    ]
    return (await concurrently(consumers, (consumer) => tryOut(consumer, tarballs))).flat()
  })
}

if (import.meta.main) {
  conclude(await consumerProblems(workspace), 'The packed packages work in Vitest, in Jest and in plain Node')
}
