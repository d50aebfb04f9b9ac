/** Ends a client that waits for ever, which is told from one that takes long by the silence on the wire. */
import type { Pop3Server } from '@pop3kit/server'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** What a client does that has not ended. */
export type Standstill = 'hangs' | 'SPINS at 100 % CPU'

/** How long a client may take from its end signal to its end, and over how long it is seen whether it spins (ms). */
const limits = { dying: 2000, looking: 1000 }

/** For how much of that time something that waits has a processor. Something that spins has not much more on a busy machine. */
const idle = 20

/** Looks on while a client runs. */
export class Watch {
  /** What the client was doing when it was ended, if it was. */
  standstill: Standstill | undefined
  readonly #child: ChildProcess
  readonly #stopListening: () => void
  /** One that spins would do so for ever when nobody looks on any more. */
  readonly #kill = (): void => void this.#child.kill('SIGKILL')
  #timer: NodeJS.Timeout | undefined

  /** @param patience milliseconds, from the first connection on, in which neither side says anything */
  constructor(server: Pop3Server, child: ChildProcess, patience: number) {
    this.#child = child
    this.#stopListening = server.on('*', () => this.#in(patience, () => this.#look()))
    child.on('close', () => this.#end())
    process.on('exit', this.#kill)
  }

  #in(ms: number, action: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(action, ms)
  }

  /** Nobody says anything any more: does it wait, or does it spin? It is not so when what was said is only heard now. */
  #look(): void {
    const before = cpuTimeOf(this.#child.pid)
    this.#in(limits.looking, () => {
      this.#stopListening()
      const used = cpuTimeOf(this.#child.pid) - before
      this.standstill = used > idle ? 'SPINS at 100 % CPU' : 'hangs'
      this.#child.kill('SIGTERM')
      this.#in(limits.dying, this.#kill)
    })
  }

  #end(): void {
    this.#stopListening()
    process.off('exit', this.#kill)
    clearTimeout(this.#timer)
  }
}

/** The milliseconds for which a process has had a processor, where that can be known: proc(5). */
function cpuTimeOf(pid: number | undefined): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return 0
  // The name of the program, in parentheses, may have blanks. Behind it come the fields from the third on.
  const fields = readFileSync(file, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ')
  const [inProgram, inKernel] = [fields[11], fields[12]].map(Number)
  return ((inProgram ?? 0) + (inKernel ?? 0)) * msOfTick
}

/** The kernel counts in hundredths of a second (USER_HZ), whatever its own clock does. */
const msOfTick = 10
