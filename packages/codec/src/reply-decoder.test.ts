import { expect, test } from 'vitest'
import { encodeReplyStatus, type ReplyStatusParts } from './reply.ts'
import { Pop3ProtocolError } from './errors.ts'
import { concatOctets, decodeLatin1, encodeLatin1, encodeText } from './octets.ts'
import { ReplyDecoder, type ReplyDecoderOptions } from './reply-decoder.ts'
import { stuff, TERMINATOR } from './dot-stuffing.ts'
import { encodeBase64 } from './sasl/base64.ts'
import { anyOctets, cutAt, cuts, fc, lineText } from './testing/arbitraries.ts'
import { forEveryChunking } from './testing/chunkings.ts'
import { readVectors, titleOf, type ReplyReading } from './testing/vectors.ts'

type Reply = { -readonly [Key in keyof ReplyReading['replies'][number]]: ReplyReading['replies'][number][Key] }

/** Reads replies, of which it is known whether they are multi-line, and pulls as much as there is behind every chunk. */
function read(
  chunks: readonly Uint8Array[],
  multiLine: readonly boolean[],
  options: ReplyDecoderOptions,
): ReplyReading {
  const decoder = new ReplyDecoder(options)
  const replies: Reply[] = []
  try {
    for (const chunk of chunks) {
      decoder.push(chunk)
      pull(decoder, multiLine, replies)
    }
  } catch (error) {
    if (!(error instanceof Pop3ProtocolError)) throw error
    return { replies, error: { offset: error.offset } }
  }
  return { replies, pending: decodeLatin1(decoder.pending) }
}

function pull(decoder: ReplyDecoder, multiLine: readonly boolean[], replies: Reply[]): void {
  for (;;) {
    const last = replies.at(-1)
    if (last?.ended === false) {
      const part = decoder.body()
      if (part === undefined) return
      if (part.type === 'end') last.ended = true
      else last.body += decodeLatin1(part.octets)
    } else {
      const status = replies.length < multiLine.length ? decoder.status() : undefined
      if (status === undefined) return
      const { line, offset } = status
      replies.push({ line, offset, ...(multiLine[replies.length] === true ? { body: '', ended: false } : {}) })
    }
  }
}

for (const vector of readVectors('framing').replies) {
  test(`${titleOf(vector)}, in every chunking`, () => {
    for (const { lineEndings: modes, ...reading } of vector.readings) {
      for (const lineEndings of modes) {
        forEveryChunking(encodeLatin1(vector.octets), (chunks) => {
          expect(read(chunks, vector.multiLine, { lineEndings })).toEqual(reading)
        })
      }
    }
  })
}

/** The same body, line by line. */
function readLines(chunks: readonly Uint8Array[], lineEndings: ReplyDecoderOptions['lineEndings']): string | undefined {
  const decoder = new ReplyDecoder({ lineEndings })
  for (const chunk of chunks) decoder.push(chunk)
  decoder.status()
  let body = ''
  for (;;) {
    const part = decoder.line()
    if (part === undefined) return undefined
    if (part.type === 'end') return body
    body += decodeLatin1(part.line.octets) + (part.line.ending === 'lf' ? '\n' : '\r\n')
  }
}

test('a body line by line is the body', () => {
  const modes = fc.constantFrom('strict' as const, 'lenient' as const, 'adaptive' as const)
  fc.assert(
    fc.property(anyOctets, cuts, modes, (octets, places, lineEndings) => {
      const wire = concatOctets([encodeText('+OK\r\n'), octets, encodeText('\r\n.\r\n')])
      const { replies } = read([wire], [true], { lineEndings })
      expect(replies).toMatchObject([{ ended: true }])
      expect(readLines(cutAt(wire, places), lineEndings)).toBe(replies[0]?.body)
    }),
  )
})

test('replies that are encoded come out as they were, whatever is in their bodies and however they are cut', () => {
  const status: fc.Arbitrary<ReplyStatusParts> = fc.record({ status: fc.constantFrom('+OK', '-ERR'), text: lineText })
  const reply = fc.record({ status, body: fc.option(anyOctets, { nil: undefined }) })
  const wireOf = ({ status, body }: { status: ReplyStatusParts; body: Uint8Array | undefined }): Uint8Array[] => [
    encodeReplyStatus(status),
    ...(body === undefined ? [] : [stuff(body), TERMINATOR]),
  ]
  fc.assert(
    fc.property(
      fc.array(reply, { maxLength: 4 }),
      cuts,
      fc.constantFrom('strict', 'adaptive'),
      (sent, places, lineEndings) => {
        const chunks = cutAt(concatOctets(sent.flatMap(wireOf)), places)
        const { replies } = read(
          chunks,
          sent.map(({ body }) => body !== undefined),
          { lineEndings },
        )
        const bodies = sent.map(({ body }) => body && ended(decodeLatin1(body)))
        expect(replies.map(({ body }) => body)).toEqual(bodies)
        expect(replies.every(({ ended }) => ended !== false)).toBe(true)
      },
    ),
  )
})

/** A body is received with its last line ended. */
function ended(body: string): string {
  return body === '' || body.endsWith('\r\n') ? body : `${body}\r\n`
}

test('a body that lies in one chunk comes as one view of it', () => {
  const chunk = encodeText(`+OK\r\n${'a line without dots at its start\r\n'.repeat(1000)}.\r\n`)
  const decoder = new ReplyDecoder()
  decoder.push(chunk)
  decoder.status()
  const part = decoder.body()
  expect(part).toMatchObject({ type: 'octets', octets: { length: chunk.length - 8, buffer: chunk.buffer } })
  expect(decoder.body()).toEqual({ type: 'end' })
})

test('neither a body nor a line in it has a limit, and nothing of it is kept', () => {
  const decoder = new ReplyDecoder({ maxLineOctets: 100 })
  decoder.push(encodeText('+OK\r\n'))
  decoder.status()
  for (let count = 0; count < 100; count++) {
    decoder.push(new Uint8Array(100_000))
    expect(decoder.body()).toMatchObject({ type: 'octets', octets: { length: 100_000 } })
    expect(decoder.pending).toHaveLength(0)
  }
})

test('a status line and a line of a listing have a limit', () => {
  const decoder = new ReplyDecoder({ maxLineOctets: 20 })
  decoder.push(encodeText(`+OK\r\n1 ${'x'.repeat(30)}\r\n2 y\r\n.\r\n+OK ${'x'.repeat(20)}`))
  decoder.status()
  expect(() => decoder.line()).toThrow(expect.objectContaining({ code: 'POP3_LIMIT', offset: 25, limit: 20 }))
  expect(decoder.line()).toMatchObject({ type: 'line', line: { offset: 39 } })
  expect(decoder.line()).toEqual({ type: 'end' })
  expect(() => decoder.status()).toThrow(expect.objectContaining({ code: 'POP3_LIMIT', offset: 67, limit: 20 }))
})

test('R75, R81: a challenge may be longer than any reply, however it is cut and ended', () => {
  const line = `+ ${encodeBase64(new Uint8Array(9000))}`
  for (const [lineEndings, ending] of [
    ['strict', '\r\n'],
    ['adaptive', '\n'],
  ] as const) {
    const wire = encodeText(`${line}${ending}+OK Welcome${ending}`)
    for (const chunks of [[wire], cutAt(wire, [1, 2, 8192, line.length, line.length + 1])]) {
      const decoder = new ReplyDecoder({ lineEndings })
      for (const chunk of chunks) decoder.push(chunk)
      expect(decoder.challenge()).toMatchObject({ status: '+', line })
      expect(decoder.challenge()).toMatchObject({ ok: true, text: 'Welcome' })
    }
  }
})

test('R81: a challenge has a limit of its own, and the reply behind the exchange has the old one', () => {
  const decoder = new ReplyDecoder({ maxLineOctets: 20, maxChallengeOctets: 30 })
  decoder.push(encodeText(`+ ${'x'.repeat(26)}\r\n+ ${'x'.repeat(27)}\r\n+OK ${'x'.repeat(20)}`))
  expect(decoder.challenge()).toMatchObject({ text: 'x'.repeat(26) })
  expect(() => decoder.challenge()).toThrow(expect.objectContaining({ code: 'POP3_LIMIT', offset: 60, limit: 30 }))
  expect(() => decoder.status()).toThrow(expect.objectContaining({ code: 'POP3_LIMIT', offset: 81, limit: 20 }))
})

test('R81: the limit of a challenge is not that of a listing behind it', () => {
  const decoder = new ReplyDecoder({ maxLineOctets: 20 })
  decoder.push(encodeText(`+ \r\n${'x'.repeat(19)}\r\n`))
  decoder.challenge()
  expect(() => decoder.line()).toThrow(expect.objectContaining({ code: 'POP3_LIMIT', limit: 20 }))
})

test('R81: a challenge without end is given up behind 65536 octets', () => {
  const decoder = new ReplyDecoder()
  decoder.push(encodeText('+ '))
  decoder.push(new Uint8Array(65_533))
  expect(decoder.challenge()).toBeUndefined()
  decoder.push(new Uint8Array(1))
  expect(() => decoder.challenge()).toThrow(expect.objectContaining({ code: 'POP3_LIMIT', limit: 65_536 }))
})

test('what is no line of an exchange is refused there, too, and the place is said', () => {
  const decoder = new ReplyDecoder()
  decoder.push(encodeText('+ \r\nGo ahead\r\n'))
  expect(decoder.challenge()).toMatchObject({ status: '+', text: '' })
  expect(() => decoder.challenge()).toThrow(expect.objectContaining({ offset: 4, excerpt: 'Go ahead' }))
})

test('a line of a listing has the offset that it has in the stream, stuffed dots counted', () => {
  const decoder = new ReplyDecoder()
  decoder.push(encodeText('+OK\r\n..a\r\nb\r\n.\r\n'))
  decoder.status()
  expect(decoder.line()).toMatchObject({ line: { offset: 5, octets: encodeText('.a') } })
  expect(decoder.line()).toMatchObject({ line: { offset: 10, octets: encodeText('b') } })
  expect(decoder.line()).toEqual({ type: 'end' })
  expect(decoder.offset).toBe(16)
})

test('a bare LF in a status line is refused at once with strict line endings, and says where', () => {
  const decoder = new ReplyDecoder()
  decoder.push(encodeText('+OK one\r\n+OK two\n'))
  decoder.status()
  expect(() => decoder.status()).toThrow(
    expect.objectContaining({
      code: 'POP3_PROTOCOL',
      offset: 16,
      excerpt: '+OK two',
      message: 'Cannot read the reply "+OK two": found a bare LF at offset 16, expected CRLF',
    }),
  )
})

test('a bare CR in a status line is refused as soon as the octet behind it has come', () => {
  const decoder = new ReplyDecoder()
  decoder.push(encodeText('+OK\r'))
  expect(decoder.status()).toBeUndefined()
  decoder.push(encodeText('+'))
  expect(() => decoder.status()).toThrow('found a bare CR at offset 3, expected CRLF')
})

test('the offset does not count what is held back, and pending shows it', () => {
  forEveryChunking(encodeText('+OK\r\na\r\n.\r'), (chunks) => {
    const decoder = new ReplyDecoder()
    for (const chunk of chunks) decoder.push(chunk)
    decoder.status()
    while (decoder.body() !== undefined);
    expect([decoder.offset, decodeLatin1(decoder.pending)]).toEqual([8, '.\r'])
  })
})

test('R65: discard() throws away what was sent in clear behind the reply to STLS', () => {
  const decoder = new ReplyDecoder()
  decoder.push(encodeText('+OK Begin TLS\r\n+OK injected\r\n'))
  expect(decoder.status()?.text).toBe('Begin TLS')
  expect(decoder.discard()).toBe(14)
  expect(decoder.status()).toBeUndefined()
  expect(decoder.offset).toBe(29)
})

test('discard() in mid-body forgets the body, too', () => {
  const decoder = new ReplyDecoder()
  decoder.push(encodeText('+OK\r\n.'))
  decoder.status()
  decoder.body()
  expect(decoder.discard()).toBe(1)
  decoder.push(encodeText('\r\n.\r\n'))
  expect(decoder.body()).toMatchObject({ octets: encodeText('\r\n') })
})
