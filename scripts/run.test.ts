/** The script in a workspace of its own, whose pnpm and whose program are stand-ins. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { fixture } from './lib/fixture.test-support.ts'
import { workspace } from './lib/workspace.ts'

beforeEach(({ skip }) => skip(process.platform === 'win32', 'the stand-in for pnpm is a shell script'))

function start(
  args: string[],
  { program = '', pnpm = 'echo noise' } = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const root = fixture({
    'packages/cli/dist/main.mjs': program,
    'turbo.json': { tasks: {} },
    'bin/pnpm': `#!/bin/sh\n${pnpm}\n`,
    'here/file.txt': '',
  })
  chmodSync(join(root, 'bin/pnpm'), 0o755)
  for (const file of ['scripts/run.mjs', 'scripts/lib/node-versions.mjs'])
    cpSync(join(workspace, file), join(root, file))
  const env = {
    ...process.env,
    PATH: join(root, 'bin') + delimiter + process.env['PATH'],
    npm_config_user_agent: 'pnpm/12.0.0',
    INIT_CWD: join(root, 'here'),
  }
  return spawn(process.execPath, ['scripts/run.mjs', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

test('The program has the output, the arguments and the exit status to itself, and starts where the person stands', async () => {
  const program = `import { existsSync } from 'node:fs'
    console.log(...process.argv.slice(2), existsSync('file.txt'))
    process.exitCode = 7`
  const child = start(['pop3kit', 'serve', '--user', 'a b'], { program })
  const [[status], output, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  expect([status, output, errors]).toEqual([7, 'serve --user a b true\n', ''])
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s reaches the program, which ends as it likes', async (signal) => {
  const program = `process.on('${signal}', () => { console.log('closed'); process.exit(0) })
    setTimeout(() => {}, 10_000)
    console.log('ready')`
  const child = start(['pop3kit'], { program })
  await once(child.stdout, 'data')
  child.kill(signal)
  const [[status], output] = await Promise.all([once(child, 'close'), text(child.stdout)])
  expect([status, output]).toEqual([0, 'closed\n'])
})

test('A program that a signal ends, ends the script in the same way', async () => {
  const child = start(['pop3kit'], { program: `process.kill(process.pid, 'SIGKILL')` })
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
})

test('A set-up that fails is shown, and counts as a failure', async () => {
  const child = start(['test'], { pnpm: 'echo the lockfile is outdated; exit 3' })
  const [[status], output, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  expect(status).toBe(1)
  expect(output).toBe('0 passed, 1 failed\n')
  expect(errors).toContain(
    'the lockfile is outdated\nCannot set up the workspace: "pnpm install --frozen-lockfile" ended',
  )
})

test('A task that there is not is refused', async () => {
  const child = start(['tset'])
  const [[status], errors] = await Promise.all([once(child, 'close'), text(child.stderr)])
  expect([status, errors]).toEqual([1, 'Cannot run "tset": expected one of test, demo, pop3kit, show-tools\n'])
})
