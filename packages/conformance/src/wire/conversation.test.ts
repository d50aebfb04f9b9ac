import { decodeLatin1 } from '@pop3kit/codec'
import { duplexPair } from 'node:stream'
import { expect, test } from 'vitest'
import { scriptedPeer, type Script } from '../testing/scripted-peer.ts'
import { Verdict } from '../verdict.ts'
import { Conversation } from './conversation.ts'
import { bodyOctets, bodyText } from './reply.ts'
import { Transcript } from './transcript.ts'

function talkTo(script: Script, patience = 1000): { talk: Conversation; transcript: Transcript } {
  const transcript = new Transcript([])
  return { talk: new Conversation(scriptedPeer(script), { transcript, patience: () => patience }), transcript }
}

const verdictOf = async (step: Promise<unknown>): Promise<string> => {
  const error: unknown = await step.catch((error: unknown) => error)
  return error instanceof Verdict ? `${error.outcome}: ${error.message}` : String(error)
}

test('a reply is read whatever it looks like, and what is odd about it is kept', async () => {
  const { talk } = talkTo({ greeting: '+ok [x] hi\n', STAT: '+ERR\r\n', LIST: '-err [SYS/TEMP] no\r\n' })
  expect(await talk.greeting()).toMatchObject({ ok: true, err: false, raw: { ending: 'lf' }, line: '+ok [x] hi' })
  expect(await talk.command('STAT')).toMatchObject({ ok: false, err: false, line: '+ERR', to: '"STAT"' })
  expect(await talk.command('LIST')).toMatchObject({ ok: false, err: true, code: 'SYS/TEMP' })
})

test('a body ends with CRLF, dot, CRLF; LF, dot, LF in it belongs to the message', async () => {
  const { talk } = talkTo({ RETR: '+OK\r\na\n.\nb\r\n..c\r\n.\r\n' })
  await talk.greeting()
  const body = await talk.body(await talk.command('RETR 1'))
  expect(decodeLatin1(bodyOctets(body))).toBe('a\n\nb\r\n.c\r\n')
  expect(body.terminator.ending).toBe('crlf')
})

test('M7: after a status line that ends with LF a body may end so, too', async () => {
  const { talk } = talkTo({ LIST: '+OK\n1 2\n.\n' })
  await talk.greeting()
  expect(bodyText(await talk.body(await talk.command('LIST')))).toEqual(['1 2'])
})

test('silence is a failure that says what was awaited, and shows what came of a line', async () => {
  const { talk, transcript } = talkTo({ STAT: '+OK 1' }, 20)
  await talk.greeting()
  expect(await verdictOf(talk.command('STAT'))).toBe(
    'fail: The server says nothing for 20 ms, expected the answer to "STAT"',
  )
  expect(transcript.excerpt()).toEqual([
    'S: +OK ready',
    'C: STAT',
    'S: +OK 1',
    '# this line has no end',
    '# nothing for 20 ms',
  ])
})

test('the end of the connection in the middle of an answer is a failure at once', async () => {
  const { talk } = talkTo({ RETR: (peer) => peer.end('+OK\r\nhalf a mess') }, 60_000)
  await talk.greeting()
  const reply = await talk.command('RETR 1')
  expect(await verdictOf(talk.body(reply))).toBe(
    'fail: The server closes the connection, expected the end of the answer to "RETR 1"',
  )
})

test('a reset is told from an end', async () => {
  const [client] = duplexPair()
  const talk = new Conversation(client, { transcript: new Transcript([]), patience: () => 60_000 })
  const greeting = verdictOf(talk.greeting())
  client.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))
  expect(await greeting).toBe('fail: The server resets the connection, expected the greeting')
})

test('secrets that are sent are not shown', async () => {
  const { talk, transcript } = talkTo({ PASS: '+OK\r\n', AUTH: '+ \r\n' })
  await talk.greeting()
  await talk.command('PASS open-sesame')
  await talk.command('AUTH PLAIN AG9wZW4=')
  talk.respond('AG9wZW4=')
  talk.respond('*')
  expect(transcript.excerpt().filter((line) => line.startsWith('C'))).toEqual([
    'C: PASS ***',
    'C: AUTH PLAIN ***',
    'C: ***',
    'C: *',
  ])
})

test('rest() reads until the server closes', async () => {
  const { talk } = talkTo({ QUIT: (peer) => peer.end('+OK bye\r\n+OK bye again\r\n') })
  await talk.greeting()
  talk.say('QUIT')
  expect(await talk.rest()).toEqual(['+OK bye', '+OK bye again'])
  expect(talk.ended).toBe('closed')
})

test('what is said when the server is gone is found out with the next answer', async () => {
  const { talk } = talkTo({ greeting: (peer) => peer.end('+OK\r\n') })
  await talk.greeting()
  expect(await verdictOf(talk.command('STAT'))).toBe(
    'fail: The server closes the connection, expected the answer to "STAT"',
  )
})

test('hanging up does not wait for ever for a server that stays', async () => {
  const [client, peer] = duplexPair()
  peer.resume()
  const talk = new Conversation(client, { transcript: new Transcript([]), patience: () => 10 })
  await talk.hangUp()
  expect(client.destroyed).toBe(true)
})
