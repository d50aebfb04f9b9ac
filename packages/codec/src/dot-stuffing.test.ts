import { expect, test } from 'vitest'
import { DotStuffer, stuff, stuffed, TERMINATOR } from './dot-stuffing.ts'
import { concatOctets, decodeLatin1, encodeLatin1, encodeText } from './octets.ts'
import { anyOctets, cutAt, cuts, fc } from './testing/arbitraries.ts'
import { forEveryChunking } from './testing/chunkings.ts'
import { readVectors, titleOf } from './testing/vectors.ts'

function stuffChunks(chunks: readonly Uint8Array[], stuffer = new DotStuffer()): string {
  return decodeLatin1(concatOctets([...chunks.flatMap((chunk) => stuffer.push(chunk)), ...stuffer.end()]))
}

test.each(readVectors('stuffing').cases.map((vector) => ({ ...vector, title: titleOf(vector) })))(
  '$title, in every chunking',
  ({ content, wire }) => {
    const lines = wire.slice(0, -TERMINATOR.length)
    expect(stuffChunks([encodeLatin1(content)])).toBe(lines)
    forEveryChunking(encodeLatin1(content), (chunks) => expect(stuffChunks(chunks)).toBe(lines))
  },
)

test('any octets are stuffed as a search and replace would do it, in any chunking', () => {
  fc.assert(
    fc.property(anyOctets, cuts, (octets, places) => {
      const text = decodeLatin1(octets)
      const ended = text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`
      expect(stuffChunks(cutAt(octets, places))).toBe(ended.replaceAll(/(?<=^|\r\n)\./g, '..'))
    }),
  )
})

test('M7: the lenient also stuff behind a bare LF', () => {
  forEveryChunking(encodeText('.a\n.b\r\n.c\r.d\n'), (chunks) => {
    expect(stuffChunks(chunks, new DotStuffer({ lineEndings: 'lenient' }))).toBe('..a\n..b\r\n..c\r.d\n')
  })
})

test('the terminator is a dot and CRLF', () => {
  expect(decodeLatin1(TERMINATOR)).toBe('.\r\n')
})

test('a chunk in which no line begins with a dot comes back as it is', () => {
  const chunk = encodeText('one.\r\ntwo\r\n')
  const [piece, ...others] = new DotStuffer().push(chunk)
  expect(others).toEqual([])
  expect(piece).toEqual(chunk)
  expect(piece?.buffer).toBe(chunk.buffer)
})

test('pieces are views of the chunk, stuffed dots included', () => {
  const chunk = encodeText('.one\r\n.two\r\n')
  const pieces = new DotStuffer().push(chunk)
  expect(pieces).toHaveLength(3)
  expect(pieces.every(({ buffer }) => buffer === chunk.buffer)).toBe(true)
})

test('a stuffer that has ended begins a new body', () => {
  const stuffer = new DotStuffer()
  expect(stuffChunks([encodeText('one')], stuffer)).toBe('one\r\n')
  expect(stuffChunks([encodeText('.two\r\n')], stuffer)).toBe('..two\r\n')
})

test('stuffed() takes pieces one by one from an async source', async () => {
  const taken: string[] = []
  async function* source(): AsyncGenerator<Uint8Array> {
    for (const text of ['.a', '\r\n', '.b']) {
      taken.push(text)
      yield encodeText(text)
    }
  }
  const pieces = stuffed(source())
  expect(taken).toEqual([])
  await pieces.next()
  expect(taken).toEqual(['.a'])
  let rest = ''
  for await (const piece of pieces) rest += decodeLatin1(piece)
  expect(rest).toBe('.a\r\n..b\r\n')
})

test('stuffed() takes a web stream', async () => {
  let wire = ''
  for await (const piece of stuffed(new Blob(['one\r\n.two']).stream())) wire += decodeLatin1(piece)
  expect(wire).toBe('one\r\n..two\r\n')
})

test('stuff() does a whole body at once', () => {
  expect(decodeLatin1(stuff(encodeText('.\n.'), { lineEndings: 'lenient' }))).toBe('..\n..\r\n')
})
