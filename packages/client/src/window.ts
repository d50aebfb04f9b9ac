/** How much may be sent and unanswered at once (PIPELINING, RFC 2449 section 6.6; R52). */
import type { Request } from './request.ts'

/**
 * A server that is not read may stop reading; this client reads always, and what it sends ahead fits into any buffer, so
 * that neither waits for the other. It fits into one segment, too: no server sees half of a command.
 */
export const limits = { commands: 64, octets: 1024 } as const

export class Window {
  #commands = 0
  #octets = 0

  /** Takes a command in if there is room for it. The first one always has room. */
  admits({ octets }: Request): boolean {
    this.#commands += 1
    this.#octets += octets.length
    return this.#commands === 1 || (this.#commands <= limits.commands && this.#octets <= limits.octets)
  }
}
