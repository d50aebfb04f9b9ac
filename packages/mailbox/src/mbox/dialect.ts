/** The dialects of mbox: how a line of a message that looks like a From_ line is told from one (RFC 4155 appendix A). */

/**
 * How an mbox keeps its messages apart.
 *
 * - `mboxo`: a line of a message that begins with `From ` is written as `>From `; one that began with `>From ` cannot be told from it.
 * - `mboxrd`: a line that begins with any number of `>` and `From ` is written with one `>` more: the only one that loses nothing.
 * - `mboxcl`: as `mboxo`, and Content-Length says how many octets the body has.
 * - `mboxcl2`: Content-Length alone; nothing is quoted.
 */
export type MboxDialect = 'mboxo' | 'mboxrd' | 'mboxcl' | 'mboxcl2'

/** Whether Content-Length says where a message ends. */
export function hasLengths(dialect: MboxDialect): boolean {
  return dialect === 'mboxcl' || dialect === 'mboxcl2'
}

/** How the lines of a message are written: not at all otherwise, each `From ` once, or `>From ` again, too. */
type Quoting = Readonly<Record<'quoted' | 'unquoted', readonly [found: RegExp, put: string]>>

// Not ^ with the flag m: a bare CR ends no line.
const once: Quoting = {
  quoted: [/(?<![^\n])From /g, '>From '],
  unquoted: [/(?<![^\n])>From /g, 'From '],
}
const again: Quoting = {
  quoted: [/(?<![^\n])(>*From )/g, '>$1'],
  unquoted: [/(?<![^\n])>(>*From )/g, '$1'],
}
const quotings: Readonly<Record<MboxDialect, Quoting | undefined>> = {
  mboxo: once,
  mboxrd: again,
  mboxcl: once,
  mboxcl2: undefined,
}

/** The octets of a message as they stand in an mbox. */
export function quoted(message: Uint8Array, dialect: MboxDialect): Uint8Array {
  return replaced(message, quotings[dialect]?.quoted)
}

/** The octets of a message that stand quoted in an mbox; the same object when nothing is quoted. */
export function unquoted(octets: Uint8Array, dialect: MboxDialect): Uint8Array {
  return replaced(octets, quotings[dialect]?.unquoted)
}

function replaced(octets: Uint8Array, rule: Quoting['quoted'] | undefined): Uint8Array {
  if (rule === undefined) return octets
  // One character an octet, so that every octet comes out as it went in.
  const text = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1')
  const [found, put] = rule
  const written = text.replaceAll(found, put)
  return written.length === text.length ? octets : Uint8Array.from(Buffer.from(written, 'latin1'))
}
