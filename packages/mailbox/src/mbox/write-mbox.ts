/** Writes an mbox (RFC 4155 appendix A), in the dialect `mboxrd`, which loses nothing. */
import { quoted } from './dialect.ts'
import { fromLine } from './from-line.ts'

const LF = 0x0a

/** What an mbox holds of a message: a From_ line, the message quoted and its last line ended, and an empty line. */
export function mboxEntry(message: Uint8Array, arrivedAt: number): Uint8Array {
  const lineEnd = Buffer.from(usesBareLf(message) ? '\n' : '\r\n')
  const ending = message.length === 0 || message.at(-1) === LF ? lineEnd : Buffer.concat([lineEnd, lineEnd])
  return Buffer.concat([Buffer.from(fromLine(arrivedAt)), lineEnd, quoted(message, 'mboxrd'), ending])
}

function usesBareLf(message: Uint8Array): boolean {
  const lf = message.indexOf(LF)
  return lf !== -1 && message[lf - 1] !== 0x0d
}
