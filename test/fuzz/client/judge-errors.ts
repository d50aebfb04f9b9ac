/** A call rejects with an error of the documented classes, or with the reason of its signal, and no error shows a secret. */
import {
  Pop3ArgumentError,
  Pop3ClosedError,
  Pop3LimitError,
  Pop3ProtocolError,
  Pop3ReplyError,
  Pop3TimeoutError,
  Pop3TlsError,
  isPop3Error,
} from '@pop3kit/client'
import { inspect } from 'node:util'
import type { Deed } from './deeds.ts'
import { secrets } from './mailbox.ts'
import type { Tap } from './tap.ts'

const classes = {
  POP3_ARGUMENT: Pop3ArgumentError,
  POP3_CLOSED: Pop3ClosedError,
  POP3_LIMIT: Pop3LimitError,
  POP3_PROTOCOL: Pop3ProtocolError,
  POP3_REPLY: Pop3ReplyError,
  POP3_TIMEOUT: Pop3TimeoutError,
  POP3_TLS: Pop3TlsError,
}

/** Says which calls did not fail as it is documented. */
export function* judgeErrors(deeds: readonly Deed[]): Generator<string> {
  for (const { name, error, controller, state } of deeds) {
    if (state !== 'rejected') continue
    const { signal } = controller ?? {}
    const isGivenUp = signal?.aborted === true && error === signal.reason
    if (!isGivenUp && !isDocumented(error)) yield `${name} rejects with ${inspect(error)}`
  }
}

/** Says which secrets a login shows, if it is the only one: what a server repeats of a login that is long over nobody looks for. */
export function* judgeSecrets(deeds: readonly Deed[], { said }: Tap): Generator<string> {
  const [login, ...others] = deeds.filter(({ name }) => name.startsWith('connect') || name.includes('"login"'))
  if (login === undefined || others.length > 0) return
  const shown = inspect(login.error, { depth: 9 })
  for (const secret of secrets) {
    if (said.includes(secret) && shown.includes(secret))
      yield `a login rejects with an error that shows ${secret}: ${shown}`
  }
}

function isDocumented(error: unknown): boolean {
  if (!isPop3Error(error)) return false
  const found = Object.entries(classes).find(([code]) => code === error.code)
  return found !== undefined && error instanceof found[1] && error.message !== ''
}
