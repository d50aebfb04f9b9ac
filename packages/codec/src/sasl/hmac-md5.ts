/** HMAC-MD5 (RFC 2104), for CRAM-MD5. */
import { md5 } from '../md5.ts'
import { concatOctets } from '../octets.ts'

const BLOCK_OCTETS = 64

/** The keyed digest of octets: 16 octets. */
export function hmacMd5(key: Uint8Array, octets: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK_OCTETS)
  block.set(key.length > BLOCK_OCTETS ? md5(key) : key)
  const inner = block.map((octet) => octet ^ 0x36)
  const outer = block.map((octet) => octet ^ 0x5c)
  return md5(concatOctets([outer, md5(concatOctets([inner, octets]))]))
}
