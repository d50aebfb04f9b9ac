/** Secrets never stand in an error, even when the server repeats them. */
import { Pop3ProtocolError, type ReplyStatus } from '@pop3kit/codec'

const hidden = '***'

/** The reply, with `***` wherever the secret stood. */
export function redactReply(reply: ReplyStatus, secret: string | undefined): ReplyStatus {
  if (!secret) return reply
  const redact = (text: string): string => text.replaceAll(secret, hidden)
  const code = reply.code === undefined ? undefined : redact(reply.code)
  return { ...reply, code, text: redact(reply.text), line: redact(reply.line) }
}

/** The error without what the server sent: an excerpt may hold a part of a secret, or an escaped one. */
export function withoutExcerpt(error: unknown): unknown {
  if (!(error instanceof Pop3ProtocolError)) return error
  const message = `Cannot read the reply at offset ${error.offset}: expected "+OK" or "-ERR"`
  return new Pop3ProtocolError(message, { offset: error.offset, excerpt: hidden })
}
