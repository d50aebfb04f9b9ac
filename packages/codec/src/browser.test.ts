import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { createContext, runInContext, type Context } from 'node:vm'
import { build } from 'tsdown'
import { beforeAll, expect, test } from 'vitest'
import type * as Codec from './index.ts'
import { forEveryChunking } from './testing/chunkings.ts'
import { readVectors } from './testing/vectors.ts'

/** The codec as a browser has it: one script, in a realm with what the web platform gives and nothing of Node. */
let codec: typeof Codec
let script: string
const realm: Context = createContext({ TextDecoder, TextEncoder })

beforeAll(async () => {
  const { bundles } = await build({
    config: false,
    cwd: join(import.meta.dirname, '..'),
    entry: 'src/index.ts',
    format: 'iife',
    globalName: 'pop3kitCodec',
    platform: 'browser',
    minify: true,
    dts: false,
    // Nothing is written, and what the package was built into stays.
    write: false,
    clean: false,
    logLevel: 'silent',
  })
  script = bundles.flatMap(({ chunks }) => chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : ''))).join('')
  runInContext(script, realm)
  codec = runInContext('pop3kitCodec', realm)
})

test('the realm has nothing of Node, and the bundle asks for nothing of it', () => {
  expect(runInContext('[typeof Buffer, typeof process, typeof require, typeof module].join()', realm)).toBe(
    'undefined,undefined,undefined,undefined',
  )
  expect(script).toContain('pop3kitCodec')
  expect(script).not.toMatch(/\brequire\(|\bnode:|\bprocess\./)
})

test('octets of the bundle are of its own realm', () => {
  expect(codec.encodeLatin1('a')).not.toBeInstanceOf(Uint8Array)
})

test('a body is stuffed, framed, read and unstuffed without Buffer, in every chunking', () => {
  for (const { content, wire, received = content } of readVectors('stuffing').cases) {
    const { decodeLatin1, encodeLatin1, ReplyDecoder } = codec
    expect(decodeLatin1(codec.stuff(encodeLatin1(content))) + decodeLatin1(codec.TERMINATOR)).toBe(wire)
    forEveryChunking(encodeLatin1(`+OK\r\n${wire}`), (chunks) => {
      const decoder = new ReplyDecoder()
      for (const chunk of chunks) decoder.push(chunk)
      expect(decoder.status()?.ok).toBe(true)
      let body = ''
      let part = decoder.body()
      for (; part?.type === 'octets'; part = decoder.body()) body += decodeLatin1(part.octets)
      expect([body, part?.type]).toEqual([received, 'end'])
    })
  }
})

test('commands are read without Buffer, in every chunking', () => {
  const octets = codec.concatOctets([codec.encodeCommand('USER', 'é'), codec.encodeCommand('TOP', 3, 5)])
  forEveryChunking(octets, (chunks) => {
    const decoder = new codec.CommandDecoder()
    for (const chunk of chunks) decoder.push(chunk)
    expect([decoder.next(), decoder.next(), decoder.next()]).toMatchObject([
      { verb: 'USER', argument: 'é' },
      { verb: 'TOP', argument: '3 5' },
      undefined,
    ])
  })
})

test('messages, APOP and URLs work without Buffer', () => {
  expect(codec.decodeText(codec.canonical(codec.encodeText('é\nb')))).toBe('é\r\nb\r\n')
  expect(codec.apopDigest('<1896.697170952@dbc.mtview.ca.us>', 'tanstaaf')).toBe('c4c9334bac560ecc979e58001b3e22fb')
  expect(codec.formatPopUrl(codec.parsePopUrl('pop://rg;AUTH=+APOP@[::1]:8110'))).toBe('pop://rg;AUTH=+APOP@[::1]:8110')
})

test('the messages of SASL work without Buffer, btoa and WebCrypto', () => {
  const challenge = codec.decodeChallenge(codec.parseReplyStatus(codec.encodeText('+ PDE4OTZAaG9zdD4=')))
  const response = codec.cramMd5Response({ user: 'é', secret: 'tanstaaf', challenge })
  expect(codec.parseCramMd5(codec.decodeBase64(codec.encodeBase64(response)))).toMatchObject({
    user: 'é',
    digest: createHmac('md5', 'tanstaaf').update('<1896@host>').digest('hex'),
  })
  const { user } = codec.parseScramClientFirst(codec.formatScramClientFirst({ user: 'a,é', nonce: 'fyko' }))
  expect(user).toBe('a,é')
})

test('an error of the bundle is known outside of it', async () => {
  const { isPop3Error } = await import('./errors.ts')
  let error: unknown
  try {
    codec.encodeCommand('PASS', '\r\n')
  } catch (thrown) {
    error = thrown
  }
  expect(error).not.toBeInstanceOf(Error)
  expect(isPop3Error(error)).toBe(true)
})
