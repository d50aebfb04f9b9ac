/** Letters and digits that tokens are made of: the same ones for the same seed, and no two alike. */
import { createHash } from 'node:crypto'

/** A hash of what a token is for. */
export function lettersOf(...what: readonly (string | number)[]): string {
  return createHash('sha256').update(what.join('\n')).digest('base64url').replaceAll(/[-_]/g, 'x')
}

/** A UUID of what it is for. */
export function uuidOf(...what: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(what.join('\n')).digest('hex')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
}
