/** Commands that a check runs, and how a check ends. */
import { spawn, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'

export interface Outcome {
  readonly ok: boolean
  /** The exit status, where it ended by itself. */
  readonly status: number | undefined
  /** The signal that ended it. */
  readonly signal: NodeJS.Signals | undefined
  readonly stdout: string
  readonly stderr: string
  /** Both streams as they came, after the command itself: what to show when it failed. */
  readonly transcript: string
}

export interface CommandOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds after which it is ended. */
  readonly timeout?: number
  /** Is given the process that has started. */
  readonly onStart?: (child: ChildProcess) => void
}

/** Runs a command to its end and collects what it says. It never rejects: a command that does not start has failed. */
export function command(
  name: string,
  args: readonly string[],
  { cwd, env, timeout, onStart }: CommandOptions,
): Promise<Outcome> {
  return new Promise((resolve) => {
    // On Windows npm, pnpm and the tools in node_modules/.bin are .cmd files, which only a shell starts.
    const shell = process.platform === 'win32' && !name.endsWith('.exe')
    const words = shell ? args.map((arg) => `"${arg}"`) : args
    const child = spawn(name, words, {
      cwd,
      env: { ...process.env, ...env },
      shell,
      timeout,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    let transcript = `$ ${[name, ...args].join(' ')}\n`
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      transcript += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      transcript += text
    })
    child.on('spawn', () => onStart?.(child))
    const end = (status: number | null, signal: NodeJS.Signals | null): void => {
      if (signal !== null) transcript += `(ended by ${signal})\n`
      resolve({
        ok: status === 0,
        status: status ?? undefined,
        signal: signal ?? undefined,
        stdout,
        stderr,
        transcript,
      })
    }
    child.on('error', ({ message }) => {
      transcript += message
      end(null, null)
    })
    child.on('close', end)
  })
}

/** Gives the results of an action on each item, in order; so many run at once. */
export async function concurrently<T, R>(
  items: readonly T[],
  action: (item: T) => Promise<R>,
  atOnce: number = availableParallelism(),
): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await action(item)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}

/** Ends a check that is its own program: says what is wrong, or that nothing is. */
export function conclude(problems: readonly string[], allIsWell: string): void {
  console.log(problems.length === 0 ? allIsWell : problems.join('\n'))
  process.exitCode = problems.length === 0 ? 0 : 1
}
