import { expect, test } from 'vitest'
import { Pop3Client } from './client.ts'
import type { Pop3Message } from './messages.ts'
import { type Script, scriptedServer, type ScriptedServer, text } from './testing/scripted-server.ts'

const healthy: Script = {
  UIDL: '+OK\r\n1 uid-1\r\n2 uid-2\r\n3 uid-3\r\n.\r\n',
  RETR: '+OK\r\nA: b\r\n\r\nbody\r\n.\r\n',
  TOP: '+OK\r\nA: b\r\n\r\n.\r\n',
  DELE: '+OK\r\n',
  RSET: '+OK\r\n',
  QUIT: '+OK\r\n',
}

function connect(script: Script = {}): { server: ScriptedServer; client: Pop3Client } {
  const server = scriptedServer({ ...healthy, ...script })
  return { server, client: new Pop3Client({ transport: server.transport }) }
}

test('nothing of a message is fetched before it is asked for', async () => {
  const { server, client } = connect()
  const seen: string[] = []
  for await (const message of client.messages()) {
    if (message.number === 1) seen.push(text(await message.bytes()))
    if (message.number === 2) for await (const chunk of message.stream()) seen.push(text(chunk))
    if (message.number === 3) seen.push(text(await message.top(0)))
  }
  expect(seen.join('')).toBe('A: b\r\n\r\nbody\r\nA: b\r\n\r\nbody\r\nA: b\r\n\r\n')
  expect(server.commands).toEqual(['UIDL', 'RETR 1', 'RETR 2', 'TOP 3 0'])
})

test.each([
  ['a list', ['uid-1', 'uid-3']],
  ['a set', new Set(['uid-1', 'uid-3'])],
  ['a function', (uidl: string) => uidl !== 'uid-2'],
])('what is known, by %s, is left out', async (_, skip) => {
  const { client } = connect()
  const taken: string[] = []
  for await (const { uidl } of client.messages({ skip })) taken.push(uidl)
  expect(taken).toEqual(['uid-2'])
})

test('R37: messages that share a unique-id are all given', async () => {
  const { client } = connect({ UIDL: '+OK\r\n1 same\r\n2 same\r\n.\r\n' })
  const numbers: number[] = []
  for await (const { number } of client.messages()) numbers.push(number)
  expect(numbers).toEqual([1, 2])
})

test('the DELE of a marked message goes out when the loop moves on, and when it ends', async () => {
  const { server, client } = connect()
  for await (const message of client.messages()) {
    await message.bytes()
    if (message.number === 2) continue
    message.markDeleted()
    message.markDeleted()
  }
  expect(server.commands).toEqual(['UIDL', 'RETR 1', 'DELE 1', 'RETR 2', 'RETR 3', 'DELE 3'])
})

test('it goes out when the loop is left with break', async () => {
  const { server, client } = connect()
  for await (const message of client.messages()) {
    message.markDeleted()
    break
  }
  expect(server.commands).toEqual(['UIDL', 'DELE 1'])
})

test('a mark that is made when the loop is over goes out before QUIT', async () => {
  const { server, client } = connect()
  const kept: Pop3Message[] = []
  for await (const message of client.messages()) kept.push(message)
  for (const message of kept) message.markDeleted()
  await client.quit()
  expect(server.commands).toEqual(['UIDL', 'DELE 1', 'DELE 2', 'DELE 3', 'QUIT'])
})

test('when a DELE is refused the loop throws it, and the session goes on without it', async () => {
  const { server, client } = connect({ DELE: '-ERR no\r\n' })
  const loop = async (): Promise<void> => {
    for await (const message of client.messages()) message.markDeleted()
  }
  await expect(loop()).rejects.toMatchObject({ code: 'POP3_REPLY', command: 'DELE 1' })
  await client.quit()
  expect(server.commands).toEqual(['UIDL', 'DELE 1', 'QUIT'])
})

test('when the DELE before QUIT is refused nothing is committed', async () => {
  const { server, client } = connect({ DELE: '-ERR no\r\n' })
  const loop = client.messages()[Symbol.asyncIterator]()
  const { value } = await loop.next()
  value?.markDeleted()
  await expect(client.quit()).rejects.toMatchObject({ code: 'POP3_REPLY', command: 'DELE 1' })
  expect(server.commands).toEqual(['UIDL', 'DELE 1'])
  await client.close()
})

test('a QUIT that is withdrawn leaves the marks for the next one', async () => {
  const { server, client } = connect()
  const loop = client.messages()[Symbol.asyncIterator]()
  const { value } = await loop.next()
  value?.markDeleted()
  const controller = new AbortController()
  const withdrawn = client.quit({ signal: controller.signal })
  controller.abort(new Error('given up'))
  await expect(withdrawn).rejects.toThrow('given up')
  await client.quit()
  expect(server.commands).toEqual(['UIDL', 'DELE 1', 'QUIT'])
})

test('RSET takes the marks back that have not gone out', async () => {
  const { server, client } = connect()
  const loop = client.messages()[Symbol.asyncIterator]()
  const { value } = await loop.next()
  value?.markDeleted()
  await client.rset()
  await client.quit()
  expect(server.commands).toEqual(['UIDL', 'RSET', 'QUIT'])
})

test('what the loop throws is not masked by a connection that is dead', async () => {
  const { client } = connect({ 'RETR 1': (end) => end.close() })
  const mine = new Error('Cannot store the message')
  const loop = async (): Promise<void> => {
    for await (const message of client.messages()) {
      message.markDeleted()
      await message.bytes().catch(() => {})
      throw mine
    }
  }
  await expect(loop()).rejects.toBe(mine)
})

test('M36: a message that has vanished does not stop the others', async () => {
  const { client } = connect({ 'RETR 2': '-ERR Message 2 expunged.\r\n' })
  const outcomes: unknown[] = []
  for await (const message of client.messages()) {
    outcomes.push(
      await message.bytes().then(
        ({ length }) => length,
        (error: { code: string }) => error.code,
      ),
    )
  }
  expect(outcomes).toEqual([14, 'POP3_REPLY', 14])
})
