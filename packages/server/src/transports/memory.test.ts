import { expect, test } from 'vitest'
import { deliverThrough, pop3 } from '../index.ts'
import type { Steps } from '../reply/delivery.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test('a reply is one piece', async () => {
  const client = await talk(aliceServer()).login()
  await client.ask('RETR 1')
  expect(client.chunks.at(-1)).toBe('+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n')
})

test('every piece of a split reply arrives as a chunk of its own', async () => {
  const server = aliceServer()
  const octetByOctet = async function* (steps: Steps): ReturnType<Parameters<typeof deliverThrough>[1]> {
    for await (const step of steps) {
      if (step.type !== 'write') continue
      for (const octet of step.octets) {
        yield { ...step, octets: Uint8Array.of(octet) }
        yield { type: 'flush' }
      }
    }
  }
  server.use(pop3.stat(async (_context, next) => deliverThrough(await next(), octetByOctet)))
  const client = await talk(server).login()
  const before = client.chunks.length
  await client.say('STAT')
  expect(client.chunks.slice(before)).toEqual('+OK 2 58\r\n'.split(''))
})

test('a client that is destroyed ends its session as one that closed', async () => {
  const server = aliceServer({ clock: 'virtual' })
  const client = await talk(server).login()
  client.stream.destroy()
  await server.clock.advance(0)
  expect(server.sessions[0]?.open).toBe(false)
  expect(server.maildrop('alice').locked).toBe(false)
})
