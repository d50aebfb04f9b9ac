/** The time a call may spend waiting for the server; it stands still while somebody else is waited for. */

/**
 * Calls back when its time is used up. Uses the timers of `globalThis`, so that a test runner's fake timers can make it
 * go off; they keep the process alive while a call is pending, and only then.
 */
export class Deadline {
  readonly #timeout: number
  readonly #expire: () => void
  #left: number
  #since = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(timeout: number, expire: () => void) {
    this.#timeout = timeout
    this.#expire = expire
    this.#left = timeout
  }

  /** From now on the whole time counts. */
  restart(): void {
    this.hold()
    this.#left = this.#timeout
    this.run()
  }

  /** The clock goes on with what is left. */
  run(): void {
    if (this.#timer !== undefined) return
    this.#since = performance.now()
    this.#timer = setTimeout(this.#expire, this.#left)
  }

  /** The clock stands still. */
  hold(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#left = Math.max(0, this.#left - (performance.now() - this.#since))
  }
}
