/** What ends a check before its end: it has been found to fail, or there is nothing to find. */

/** What a check that does not pass comes to. */
export type Shortfall = 'fail' | 'not offered' | 'not testable'

/** Thrown by a check, and by a conversation that cannot go on. Never leaves `checkServer`. */
export class Verdict extends Error {
  readonly outcome: Shortfall

  constructor(outcome: Shortfall, reason: string) {
    super(reason)
    this.outcome = outcome
  }
}

/** The server does not do what it should. */
export const fail = (reason: string): Verdict => new Verdict('fail', reason)

/** The server does not claim to do it, and need not. */
export const notOffered = (reason: string): Verdict => new Verdict('not offered', reason)

/** Nobody can tell from here. */
export const notTestable = (reason: string): Verdict => new Verdict('not testable', reason)
