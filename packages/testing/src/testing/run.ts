/** For tests: a runner as a child process. */
import { execFile } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

/** Runs a program of Node to its end; answers what it said, whatever came of it. */
export function run(args: readonly string[], cwd: string): Promise<string> {
  // What a runner finds in its environment makes it take itself for a child of ours.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST)/.test(name)))
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd, env: { ...env, NO_COLOR: '1' } }, (_, stdout, stderr) =>
      resolve(stripVTControlCharacters(stdout + stderr)),
    )
  })
}
