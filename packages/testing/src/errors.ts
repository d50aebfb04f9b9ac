/** What the assertions and the life cycle throw besides failed assertions. All have a stable `code`. */

/** An assertion was given something that it is not for. */
export class SubjectError extends TypeError {
  /** Always `POP3_SUBJECT`. */
  readonly code = 'POP3_SUBJECT'

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'SubjectError', configurable: true, writable: true })
  }

  constructor(what: string, subject: unknown, kinds: readonly string[]) {
    super(`Cannot tell ${what} of ${described(subject)}: expected ${kinds.map((kind) => places[kind]).join(' or ')}`)
  }
}

const places: Readonly<Record<string, string>> = {
  server: 'a server of setupPop3Server()',
  session: 'a session (server.sessions[0])',
  maildrop: "a maildrop (server.maildrop('alice'))",
}

function described(subject: unknown): string {
  if (subject === null || subject === undefined) return String(subject)
  if (typeof subject === 'string') return `"${subject}"`
  if (typeof subject !== 'object') return `a value of type ${typeof subject}`
  return subject instanceof Promise ? 'a promise' : `an object of class ${subject.constructor?.name ?? 'Object'}`
}

/** An assertion was given something to compare with that it cannot compare: in JavaScript nothing else would say so, and `.not` would pass. */
export class ExpectationError extends TypeError {
  /** Always `POP3_EXPECTATION`. */
  readonly code = 'POP3_EXPECTATION'

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'ExpectationError', configurable: true, writable: true })
  }

  constructor(given: unknown, expected: string) {
    super(`Cannot compare with ${described(given)}: expected ${expected}`)
  }
}

/** A test ended, and clients had not closed their connections. */
export class OpenSessionsError extends Error {
  /** Always `POP3_OPEN_SESSIONS`. */
  readonly code = 'POP3_OPEN_SESSIONS'

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'OpenSessionsError', configurable: true, writable: true })
  }
}
