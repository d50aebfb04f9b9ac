import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('all of a long reply is kept when it is said so', async () => {
  const message = `${'x'.repeat(998)}\r\n`.repeat(200)
  await using server = aliceServer({ limits: { recordedOctets: Infinity } }, [message])
  await (await talk(server).login()).ask('RETR 1')
  const sent = server.sessions[0]?.entries.filter((entry) => entry.type === 'sent') ?? []
  expect(sent.every(({ octets, count }) => octets.length === count)).toBe(true)
  expect(server.transcript()).not.toContain('octets more')
})

test('of a long reply no more is held in memory than is shown', async () => {
  const content = function* (): Generator<Uint8Array> {
    for (let count = 0; count < 100; count += 1) yield new Uint8Array(65_536).fill(0x78)
  }
  await using server = aliceServer({}, [content])
  await (await talk(server).login()).ask('RETR 1')
  const entries = server.sessions[0]?.entries ?? []
  const held = new Set(entries.flatMap((entry) => (entry.type === 'sent' ? [entry.octets.buffer] : [])))
  expect([...held].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(300_000)
})
