import { expect, test } from 'vitest'
import { stuff } from './dot-stuffing.ts'
import { DotUnstuffer, unstuff } from './dot-unstuffing.ts'
import type { LineEndings } from './line.ts'
import { concatOctets, decodeLatin1, encodeLatin1, encodeText } from './octets.ts'
import { anyOctets, cutAt, cuts, fc } from './testing/arbitraries.ts'
import { forEveryChunking } from './testing/chunkings.ts'
import { readVectors, titleOf } from './testing/vectors.ts'

/** Reads a body to its end; `rest` is what follows it. */
function unstuffChunks(chunks: readonly Uint8Array[], lineEndings?: LineEndings) {
  const unstuffer = new DotUnstuffer({ lineEndings })
  let body = ''
  const rest = chunks.map((whole) => {
    let chunk = whole
    while (chunk.length > 0 && !unstuffer.done) {
      const { octets, used } = unstuffer.read(chunk)
      body += decodeLatin1(octets)
      chunk = chunk.subarray(used)
    }
    return chunk
  })
  return { body, done: unstuffer.done, held: decodeLatin1(unstuffer.held), rest: decodeLatin1(concatOctets(rest)) }
}

test.each(readVectors('stuffing').cases.map((vector) => ({ ...vector, title: titleOf(vector) })))(
  '$title: it is unstuffed to its end, in every chunking',
  ({ content, wire, received = content }) => {
    const next = '+OK the next reply\r\n'
    forEveryChunking(encodeLatin1(wire + next), (chunks) => {
      expect(unstuffChunks(chunks)).toEqual({ body: received, done: true, held: '', rest: next })
    })
  },
)

test.each([
  ['R9: a dot with other octets behind it is dropped', '.x\r\n.\r\n', 'x\r\n'],
  ['R9: a dot with a space behind it ends nothing', '. \r\n.\r\n', ' \r\n'],
  ['a dot with a CR and more behind it ends nothing', '.\rx\r\n.\r\r\n.\r\n', '\rx\r\n\r\r\n'],
])('%s', (_title, wire, body) => {
  forEveryChunking(encodeLatin1(wire), (chunks) => expect(unstuffChunks(chunks)).toMatchObject({ body, done: true }))
})

test.each(['strict', 'lenient'] as const)(
  'what is stuffed and unstuffed is what it was, for any octets (%s)',
  (lineEndings) => {
    fc.assert(
      fc.property(anyOctets, cuts, (octets, places) => {
        const stuffed = stuff(octets, { lineEndings })
        const body = decodeLatin1(unstuff(stuffed, { lineEndings }))
        expect(body.startsWith(decodeLatin1(octets))).toBe(true)
        expect(['', '\r\n']).toContain(body.slice(octets.length))
        const wire = concatOctets([stuffed, encodeText('.\r\n')])
        expect(unstuffChunks(cutAt(wire, places), lineEndings)).toEqual({ body, done: true, held: '', rest: '' })
      }),
    )
  },
)

test('any octets, stuffed or not, come out the same in any chunking', () => {
  fc.assert(
    fc.property(anyOctets, cuts, fc.constantFrom('strict', 'lenient'), (octets, places, lineEndings) => {
      expect(unstuffChunks(cutAt(octets, places), lineEndings)).toEqual(unstuffChunks([octets], lineEndings))
    }),
  )
})

test('R10: only the beginning of a terminator is held back', () => {
  const held = ['a', 'a\r\n', 'a\r\n.', 'a\r\n.\r', 'a\r\n.x', 'a\r\n.\rx'].map(
    (text) => unstuffChunks([encodeText(text)]).held,
  )
  expect(held).toEqual(['', '', '.', '.\r', '', ''])
})

test('a body that has ended takes nothing more', () => {
  const unstuffer = new DotUnstuffer()
  for (const octet of encodeText('.\r\n')) while (unstuffer.read(Uint8Array.of(octet)).used === 0);
  expect(unstuffer.done).toBe(true)
  expect(unstuffer.read(encodeText('+OK'))).toMatchObject({ used: 0, octets: { length: 0 } })
})

test('an empty chunk is no reason to drop a dot', () => {
  const unstuffer = new DotUnstuffer()
  unstuffer.read(encodeText('.'))
  expect(unstuffer.read(new Uint8Array(0))).toMatchObject({ used: 0, octets: { length: 0 } })
  expect(decodeLatin1(unstuffer.held)).toBe('.')
})

test('empty chunks between the octets of a terminator change nothing', () => {
  expect(
    unstuffChunks([encodeText('.'), encodeText(''), encodeText('\r'), encodeText(''), encodeText('\n')]),
  ).toMatchObject({
    body: '',
    done: true,
  })
})

test.each([
  ['a\r\n.\r\nb\r\n', 3],
  ['.\r\n', 0],
  ['a.\r\n.', 4],
  ['a.\r\n.\r', 4],
])('unstuff() refuses the lone dot in %j', (text, offset) => {
  expect(() => unstuff(encodeText(text))).toThrow(expect.objectContaining({ code: 'POP3_PROTOCOL', offset }))
})
