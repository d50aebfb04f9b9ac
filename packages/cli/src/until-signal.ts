/** How a program that serves is ended. */

/** Waits for SIGINT or SIGTERM; another one while the server closes changes nothing. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve())
    process.on('SIGTERM', () => resolve())
  })
}
