/** Secrets never stand in an error, even when the server repeats them. */
import { Pop3ProtocolError, type ReplyStatus } from '@pop3kit/codec'

/** What stands in the place of a secret. */
export const hidden = '***'

/** The text, with `***` wherever a secret stood. */
export function redact(text: string, secrets: readonly string[]): string {
  // The longest first: one may be a part of another
  const ordered = secrets.filter((secret) => secret !== '').toSorted((one, other) => other.length - one.length)
  return ordered.reduce((text, secret) => text.replaceAll(secret, hidden), text)
}

/** The same for a reply. */
export function redactReply(reply: ReplyStatus, secrets: readonly string[]): ReplyStatus {
  const code = reply.code === undefined ? undefined : redact(reply.code, secrets)
  return { ...reply, code, text: redact(reply.text, secrets), line: redact(reply.line, secrets) }
}

/** The error without what the server sent: an excerpt may hold a part of a secret, or an escaped one. */
export function withoutExcerpt(error: unknown): unknown {
  if (!(error instanceof Pop3ProtocolError) || error.excerpt === hidden) return error
  const message = `Cannot read the reply at offset ${error.offset}: expected what the login needs, "+OK" or "-ERR"`
  return new Pop3ProtocolError(message, { offset: error.offset, excerpt: hidden })
}
