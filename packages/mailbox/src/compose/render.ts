/**
 * The octets of a tree of MIME nodes (RFC 2046). The library would write them to streams with `setImmediate` in between, which fake
 * timers hold up for ever; here it is a walk.
 */
import type MimeNode from 'nodemailer/lib/mime-node'
import { load } from './library.ts'

/** A whole message, every line ended with CRLF. */
export function render(root: MimeNode): Uint8Array {
  const whole = octetsOf(root).toString('latin1').replaceAll(/\r?\n/g, '\r\n')
  return Uint8Array.from(Buffer.from(whole.endsWith('\n') ? whole : `${whole}\r\n`, 'latin1'))
}

function octetsOf(node: MimeNode): Buffer {
  // Asked for first: the header says what was found.
  const encoding = node.getTransferEncoding()
  const header = Buffer.from(`${node.buildHeaders()}\r\n\r\n`)
  if (!node.multipart) return Buffer.concat([header, encoded(node.content, encoding)])
  const parts = node.childNodes.flatMap((child, index) => [
    Buffer.from(`${index === 0 ? '' : '\r\n'}--${String(node.boundary)}\r\n`),
    octetsOf(child),
  ])
  return Buffer.concat([header, ...parts, Buffer.from(`\r\n--${String(node.boundary)}--\r\n`)])
}

function encoded(content: unknown, encoding: string | false): Buffer {
  const octets =
    content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(typeof content === 'string' ? content : '')
  if (encoding !== 'base64' && encoding !== 'quoted-printable') return octets
  const { encode, wrap } = load(encoding === 'base64' ? 'nodemailer/lib/base64' : 'nodemailer/lib/qp')
  return Buffer.from(wrap(encode(octets)))
}
