import { once } from 'node:events'
import { duplexPair } from 'node:stream'
import { expect, test } from 'vitest'
import { tap } from './tap.ts'

test('what the peer sends is seen and passed on, and what is written reaches it', async () => {
  const [client, peer] = duplexPair()
  const seen: string[] = []
  const outer = tap(client, (octets) => void seen.push(String(octets)))
  peer.write('+OK ready\r\n')
  outer.write('QUIT\r\n')
  const [heard] = await once(peer, 'data')
  expect(String(heard)).toBe('QUIT\r\n')
  peer.end()
  const chunks = await outer.toArray()
  expect(Buffer.concat(chunks).toString()).toBe('+OK ready\r\n')
  expect(seen.join('')).toBe('+OK ready\r\n')
})

test('an error of the stream below is an error of the one in its place', async () => {
  const [client] = duplexPair()
  const outer = tap(client, () => {})
  const failed = new Promise((resolve) => void outer.once('error', resolve))
  client.destroy(new Error('gone'))
  expect(await failed).toMatchObject({ message: 'gone' })
})
