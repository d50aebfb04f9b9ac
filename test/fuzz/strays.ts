/** Rejections and exceptions that nobody caught. */

const caught: unknown[] = []

/** Listens for what nobody catches, until it is told not to. */
export function catchStrays(): () => void {
  const note = (error: unknown): void => void caught.push(error)
  const events = ['unhandledRejection', 'uncaughtException']
  for (const event of events) process.on(event, note)
  return () => {
    for (const event of events) process.off(event, note)
  }
}

/** What nobody caught since this was asked last. */
export function strays(): unknown[] {
  return caught.splice(0)
}
