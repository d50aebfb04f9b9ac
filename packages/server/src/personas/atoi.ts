/** Numbers as C reads them. */

/**
 * C's `atoi` on a 64-bit machine: a number behind white space, whatever follows it, held to 64 bits, of which the low 32 bits are taken;
 * 0 where there is none.
 */
export function atoi(word = ''): number {
  const [, sign = '', digits = '0'] = /^[\t-\r ]*([+-]?)(\d+)/.exec(word) ?? []
  const value = BigInt(digits) * (sign === '-' ? -1n : 1n)
  const limit = 2n ** 63n
  const held = value >= limit ? limit - 1n : value < -limit ? -limit : value
  return Number(BigInt.asIntN(32, held))
}
