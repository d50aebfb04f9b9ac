import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodeText } from '../../octets.ts'
import { sha1, sha256 } from '../../testing/scram-hash.ts'
import { scramKeys } from './keys.ts'

const salt = encodeText('salt')

test('the stored key is the digest of the client key, and from it nobody logs in', () => {
  const { clientKey, storedKey, serverKey } = scramKeys(sha256, 'pencil', { salt, iterations: 1 })
  expect(storedKey).toEqual(createHash('sha256').update(clientKey).digest())
  expect(serverKey).not.toEqual(clientKey)
  expect([clientKey, storedKey, serverKey].map((key) => key.length)).toEqual([32, 32, 32])
})

test('a password has the same keys however it was typed', () => {
  const typed = ['pe\u0301n\u00a0cil', 'p\u00e9n cil', 'p\u00e9\u00adn cil']
  const [keys, ...others] = typed.map((password) => scramKeys(sha1, password, { salt, iterations: 2 }))
  expect(others).toEqual([keys, keys])
})

test('password, salt, iterations and hash all make other keys', () => {
  const keys = [
    scramKeys(sha1, 'pencil', { salt, iterations: 2 }),
    scramKeys(sha1, 'Pencil', { salt, iterations: 2 }),
    scramKeys(sha1, 'pencil', { salt: encodeText('Salt'), iterations: 2 }),
    scramKeys(sha1, 'pencil', { salt, iterations: 3 }),
    scramKeys(sha256, 'pencil', { salt, iterations: 2 }),
  ]
  expect(new Set(keys.map(({ serverKey }) => Buffer.from(serverKey).toString('hex'))).size).toBe(5)
})
