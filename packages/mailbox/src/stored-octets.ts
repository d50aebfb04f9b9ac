/** Octets in files: read as they are, and found again by line and column. */
import { readFile } from 'node:fs/promises'
import type { FilePosition } from '@pop3kit/yaml-file'

const LF = 0x0a

/** The octets of a file, as a plain Uint8Array. */
export async function readOctets(path: string): Promise<Uint8Array> {
  const { buffer, byteOffset, byteLength } = await readFile(path)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** The line of an octet, and how many octets into it it stands, both from 1. */
export function positionOf(octets: Uint8Array, offset: number): FilePosition {
  let line = 1
  let start = 0
  for (let lf = octets.indexOf(LF); lf !== -1 && lf < offset; lf = octets.indexOf(LF, lf + 1)) {
    line += 1
    start = lf + 1
  }
  return { line, column: offset - start + 1 }
}
