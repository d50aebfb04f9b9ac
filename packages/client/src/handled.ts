/** Failures that nobody waits for must not end the process: there is no unhandled rejection in this package. */

/** The promise itself, marked as handled. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/** The generator, each of whose promises is marked as handled. */
export function handledIteration<T>(generator: AsyncGenerator<T, void, void>): AsyncIterableIterator<T> {
  return {
    next: () => handled(generator.next()),
    return: () => handled(generator.return()),
    throw: (error) => handled(generator.throw(error)),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
