/**
 * Every documented example, in doc comments and on pages, is a complete module that type-checks, asserts something and runs against
 * the built packages. Blocks for Jest are left to the check of the consumers, which has it, and those that quote an example to its suite.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeBlocksOf, type CodeBlock } from '../lib/code-blocks.ts'
import { command, concurrently, conclude } from '../lib/command.ts'
import { misquotation } from '../lib/quotations.ts'
import { isForTests, workspace } from '../lib/workspace.ts'

const places = ['README.md', 'docs/**/*.md', 'packages/*/README.md', 'packages/*/src/**/*.ts']
const languages = new Set(['ts', 'js', 'mjs', 'cjs'])

export function examplesOf(root: string): CodeBlock[] {
  const files = globSync(places, { cwd: root }).filter((file) => !isForTests(file))
  return files
    .toSorted()
    .flatMap((file) => codeBlocksOf(file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')))
    .filter(({ language, from }) => languages.has(language) || from !== undefined)
}

export async function exampleProblems(root: string, examples: readonly CodeBlock[]): Promise<string[]> {
  const folder = join(root, '.cache/examples')
  const quotations = examples.filter(({ from }) => from !== undefined)
  const own = examples.filter(({ from }) => from === undefined)
  const running = own.filter(({ noRun, consumer }) => noRun === undefined && consumer !== 'jest')
  rmSync(folder, { recursive: true, force: true })
  for (const example of running) writeModule(join(folder, moduleName(example)), example)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))

  const modules = running.map((example) => `out/${moduleName(example).replace(/ts$/, 'js')}`)
  const tests = modules.filter((name) => name.includes('.test.'))
  const programs = modules.filter((name) => !name.includes('.test.'))
  const compiled = await command('tsc', [], { cwd: folder })
  const outcomes = [
    compiled,
    ...(await concurrently(programs, (name) =>
      command(process.execPath, ['--enable-source-maps', name], { cwd: folder, timeout: 30_000 }),
    )),
    ...(tests.length > 0 ? [await command('vitest', ['run', '--root', 'out'], { cwd: folder })] : []),
  ]
  const failures = outcomes.filter(({ ok }) => !ok).map(({ transcript }) => homeward(transcript))
  return [...quotations.flatMap((example) => misquotation(root, example)), ...own.flatMap(unfounded), ...failures]
}

function unfounded({ file, line, code, noRun }: CodeBlock): string[] {
  if (noRun === '') return [`${file}:${line}: the example does not run; say why behind "no-run"`]
  if (noRun !== undefined || /\bassert\b|\bexpect\(/.test(code)) return []
  return [`${file}:${line}: the example asserts nothing`]
}

const tsconfig = {
  extends: join(workspace, 'tsconfig.base.json'),
  // As a user has it: the published types, no condition of ours. What comes out runs on every Node that runs the tools.
  compilerOptions: {
    customConditions: [],
    allowJs: true,
    allowImportingTsExtensions: false,
    declaration: false,
    isolatedDeclarations: false,
    // The types of msw want those of browsers.
    lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable'],
    noEmit: false,
    outDir: 'out',
    rootDir: '.',
    sourceMap: true,
  },
}

/** Where an example comes from is in the name of its module, and its lines have their numbers from there. */
function moduleName({ file, line, language, code }: CodeBlock): string {
  const suffix = /from '(.*\/)?vitest'/.test(code) ? '.test' : ''
  const isCommonJs = language === 'cjs' || (language === 'js' && code.includes('require('))
  return `${file}.L${line}${suffix}.${language === 'ts' ? 'mts' : isCommonJs ? 'cjs' : 'mjs'}`
}

function writeModule(path: string, { line, code }: CodeBlock): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '\n'.repeat(line - 1) + code)
}

function homeward(transcript: string): string {
  return transcript.replaceAll(
    /(?:\S*\.cache[\\/]examples[\\/])?(?:out[\\/])?([\w./\\-]+)\.L\d+(?:\.test)?\.[cm][jt]s/g,
    '$1',
  )
}

if (import.meta.main) {
  const examples = examplesOf(workspace)
  const notRun = examples.filter(({ noRun }) => noRun !== undefined)
  for (const { file, line, noRun } of notRun) console.log(`${file}:${line} is not run: ${noRun}`)
  conclude(
    await exampleProblems(workspace, examples),
    `${examples.length} examples, of which ${notRun.length} are not run`,
  )
}
