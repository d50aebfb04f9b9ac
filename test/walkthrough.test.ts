/** The published walk-through, byte for byte, over TCP and over memory. */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Pop3Server, setupPop3Server } from '@pop3kit/server'
import { walkthroughMailbox } from '@pop3kit/mailbox'
import { expect, test } from 'vitest'

const transcript = readFileSync(new URL('../fixtures/transcripts/walkthrough.txt', import.meta.url), 'latin1')

/** Turns of the conversation: what the client types, and everything that the server says to it. */
const turns = transcript
  .split(/^C: /m)
  .map((turn) => turn.split('\n').slice(0, -1))
  .map((lines, index) => ({
    typed: index === 0 ? '' : `${lines[0]}\r\n`,
    said: lines
      .slice(index === 0 ? 0 : 1)
      .map((line) => `${line.slice('S: '.length)}\r\n`)
      .join(''),
  }))

const transports: Record<string, (server: Pop3Server) => Promise<Duplex>> = {
  async TCP(server) {
    await server.listen()
    return connect(server.port, server.host)
  },
  memory: (server) => Promise.resolve(server.connect()),
}

test.each(Object.entries(transports))('the whole walk-through comes out byte for byte over %s', async (_name, open) => {
  const { maildrops } = await walkthroughMailbox()
  await using server = setupPop3Server({ maildrops, persona: 'courier' })
  const stream = await open(server)
  const octets = stream.iterator() as AsyncIterator<Buffer>
  for (const { typed, said } of turns) {
    stream.write(Buffer.from(typed, 'latin1'))
    let heard = ''
    while (heard.length < said.length) {
      const { done, value } = await octets.next()
      if (done === true) break
      heard += value.toString('latin1')
    }
    expect(heard).toBe(said)
  }
  expect(turns.at(-1)).toEqual({ typed: 'quit\r\n', said: '+OK Bye-bye.\r\n' })
  expect(await octets.next()).toMatchObject({ done: true })
  expect(server.sessions[0]?.removed).toEqual([])
  // The transcript is the golden file with the password in stars.
  const shown = transcript.replace('pass mypassword', 'pass ***')
  expect(server.sessions[0]?.transcript()).toBe(`${shown}# closed by the server (quit)\n`)
})
