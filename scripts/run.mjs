/**
 * Does a task of this workspace with all its set-up, on a machine that has only npm and some Node >= 18: `test`, `demo` or
 * `pop3kit ARGUMENTS`. Plain JavaScript, since the old Node starts it; docs/decisions/0001-one-command-set-up.md says why.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodePackage, runsTools, TOOLS_NODE } from './lib/node-versions.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const memory = `${root}.cache/tools.json`
// Paths on a command line are relative to where the person stands, and not to where npm and pnpm start scripts.
const here = process.env['INIT_CWD'] ?? process.cwd()

/** @typedef {{ node: string, version: string, folders: string[] }} Tools */

/** @type {Record<string, (args: string[]) => number | Promise<number>>} */
const tasks = {
  test,
  demo: (args) => run(build(), [`${root}packages/cli/dist/demo.mjs`, ...args], here),
  pop3kit: (args) => run(build(), [`${root}packages/cli/dist/main.mjs`, ...args], here),
  'show-tools': showTools,
}

const [task = '', ...args] = process.argv.slice(2)
try {
  if (tasks[task] === undefined)
    throw new Error(`Cannot run "${task}": expected one of ${Object.keys(tasks).join(', ')}`)
  process.exitCode = await tasks[task](args)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (task === 'test') console.log('0 passed, 1 failed')
  process.exitCode = 1
}

/**
 * Runs all that turbo.json knows, then counts. Failures of a task do not keep the others from running.
 *
 * @param {string[]} turboArguments
 */
async function test(turboArguments) {
  const node = install()
  const parts = ['packages', 'examples'].flatMap((folder) =>
    readdirSync(root + folder).map((name) => `${folder}/${name}/reports`),
  )
  const old = ['.turbo/runs', 'reports', ...parts].filter((path) => existsSync(root + path))
  for (const path of old) rmSync(root + path, { recursive: true })
  const { tasks: known } = readJson('turbo.json')
  const names = new Set(Object.keys(known).map((name) => name.replace(/^.*#/, '')))
  const options = ['--continue=dependencies-successful', '--output-logs=errors-only', '--summarize']
  await run(node, [`${root}node_modules/turbo/bin/turbo`, 'run', ...names, ...options, ...turboArguments], root)
  return run(node, ['scripts/tally.ts'], root)
}

/**
 * Puts pnpm and a Node that the tools accept first on PATH. npx and pnpm keep what they fetched, so only the first time is slow;
 * where it is, is remembered, since asking the two takes longer than everything else of a demo.
 *
 * @returns {string} the path of that Node
 */
function findTools() {
  const hasNode = runsTools(process.versions.node)
  const hasPnpm = process.env['npm_config_user_agent']?.startsWith('pnpm/') === true
  const found = hasNode && hasPnpm ? toolsHere() : (rememberedTools() ?? fetchTools(hasNode, hasPnpm))
  const path = [...found.folders, process.env['PATH']].join(delimiter)
  // The cache of turbo does not know of Node (turbo.json, globalEnv).
  Object.assign(process.env, { PATH: path, POP3KIT_NODE: found.version, TURBO_TELEMETRY_DISABLED: '1' })
  return found.node
}

/** @returns {Tools} */
function toolsHere() {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const pnpm = folders.find((folder) => ['pnpm', 'pnpm.cmd'].some((name) => existsSync(join(folder, name))))
  const node = process.execPath
  return { node, version: process.version, folders: [dirname(node), ...(pnpm === undefined ? [] : [pnpm])] }
}

/** What {@link fetchTools} asks the other Node. */
function showTools() {
  console.log(JSON.stringify(toolsHere()))
  return 0
}

/**
 * @param {boolean} hasNode
 * @param {boolean} hasPnpm
 * @returns {Tools}
 */
function fetchTools(hasNode, hasPnpm) {
  const pnpm = hasPnpm ? 'pnpm' : `npx --yes --prefer-offline ${readJson('package.json').packageManager}`
  const node = hasNode ? 'exec node' : `--package=${nodePackage(TOOLS_NODE)} dlx node`
  const tools = JSON.parse(quietly(`${pnpm} --silent ${node} scripts/run.mjs show-tools`))
  mkdirSync(dirname(memory), { recursive: true })
  writeFileSync(memory, JSON.stringify({ ...tools, wanted: wantedTools() }))
  return tools
}

/** @returns {Tools | undefined} */
function rememberedTools() {
  if (!existsSync(memory)) return undefined
  const tools = JSON.parse(readFileSync(memory, 'utf8'))
  return tools.wanted === wantedTools() && [tools.node, ...tools.folders].every(existsSync) ? tools : undefined
}

function wantedTools() {
  return `${readJson('package.json').packageManager}, Node ${TOOLS_NODE} for ${process.version}`
}

function install() {
  if (!existsSync(`${root}node_modules`)) console.error('Setting up the workspace, which takes a while the first time')
  process.env['pnpm_config_prefer_offline'] = 'true'
  const node = findTools()
  quietly('pnpm install --frozen-lockfile')
  return node
}

/** Builds what has changed since the last time, which turbo knows. */
function build() {
  const node = install()
  quietly('pnpm exec turbo run build --filter=pop3kit --output-logs=errors-only')
  return node
}

/**
 * Runs a step of the set-up. Its output is shown only when it fails, so that the task's own lines stand alone. Through a shell,
 * because npx and pnpm are .cmd files on Windows; every word of these commands is plain.
 *
 * @param {string} command
 * @returns {string} its standard output
 */
function quietly(command) {
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    shell: true,
  })
  if (status !== 0)
    throw new Error(`${stdout}${stderr}Cannot set up the workspace: "${command}" ended with status ${status}`)
  return stdout
}

/**
 * Runs the task itself: its input and output, its signals and its exit status are this process's.
 *
 * @param {string} node
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<number>}
 */
function run(node, args, cwd) {
  const child = spawn(node, args, { cwd, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => {
      // A terminal gives SIGINT to everyone in the foreground; a second one might mean more than the first.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (signal === null) return resolve(code ?? 1)
      // Ended by a signal: so is this process, for whoever waits for it.
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    })
  })
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(`${root}${file}`, 'utf8'))
}
