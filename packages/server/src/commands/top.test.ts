import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

const message = 'Subject: top\r\nX-Dot: .\r\n\r\none\r\n.two\r\n\r\nfour\r\n'

test('R35: TOP n 0 is the header and the empty line', async () => {
  const client = await talk(aliceServer({}, [message])).login()
  expect(await client.ask('TOP 1 0')).toEqual(['+OK top of message follows', 'Subject: top', 'X-Dot: .', ''])
})

test('R35, R8: TOP n k adds the first k lines of the body, stuffed', async () => {
  const client = await talk(aliceServer({}, [message])).login()
  expect((await client.ask('TOP 1 2')).slice(4)).toEqual(['one', '..two'])
})

test('R35: with more lines than the body has, TOP is the whole message', async () => {
  const client = await talk(aliceServer({}, [message])).login()
  const [, ...whole] = await client.ask('RETR 1')
  expect((await client.ask('TOP 1 4')).slice(1)).toEqual(whole)
  expect((await client.ask('TOP 1 99999')).slice(1)).toEqual(whole)
})

test('R35: TOP of a message that has no empty line is its header', async () => {
  const client = await talk(aliceServer({}, ['Subject: all header'])).login()
  expect((await client.ask('TOP 1 5')).slice(1)).toEqual(['Subject: all header'])
})

test('R35: TOP of a message without a header begins with the empty line', async () => {
  const client = await talk(aliceServer({}, ['\r\nbody\r\nmore\r\n'])).login()
  expect((await client.ask('TOP 1 1')).slice(1)).toEqual(['', 'body'])
})

test('R35: TOP of a lazy message that comes octet by octet is the same', async () => {
  const server = aliceServer({}, [])
  server.maildrop('alice').deliver(() => Array.from(message))
  const client = await talk(server).login()
  expect((await client.ask('TOP 1 2')).slice(1)).toEqual(['Subject: top', 'X-Dot: .', '', 'one', '..two'])
})

test.each(['TOP', 'TOP 1', 'TOP 1 -1', 'TOP 1 x', 'TOP 1 0 0'])('R11, R35: "%s" is a syntax error', async (command) => {
  const client = await talk(aliceServer()).login()
  expect(await client.say(command)).toBe('-ERR syntax error in TOP')
})
