import { expect, test } from 'vitest'
import { canonical, canonicalized, canonicalOctets, CrlfCanonicalizer, isCanonical } from './canonical.ts'
import { concatOctets, decodeLatin1, encodeLatin1, encodeText } from './octets.ts'
import { anyOctets, cutAt, cuts, fc } from './testing/arbitraries.ts'
import { forEveryChunking } from './testing/chunkings.ts'

function canonicalize(chunks: readonly Uint8Array[]): string {
  const canonicalizer = new CrlfCanonicalizer()
  return decodeLatin1(concatOctets([...chunks.flatMap((chunk) => canonicalizer.push(chunk)), ...canonicalizer.end()]))
}

test.each([
  ['an empty message stays empty', '', ''],
  ['CRLF stays', 'a\r\nb\r\n', 'a\r\nb\r\n'],
  ['R29: a bare LF becomes CRLF', 'a\nb\n\nc\n', 'a\r\nb\r\n\r\nc\r\n'],
  ['a bare LF among CRLF becomes CRLF', 'a\r\nb\nc\r\n', 'a\r\nb\r\nc\r\n'],
  ['a bare CR stays', 'a\rb\r\r\n', 'a\rb\r\r\n'],
  ['LF CR is a line end and a bare CR', 'a\n\rb\r\n', 'a\r\n\rb\r\n'],
  ['a last line without ending gets one', 'a\r\nb', 'a\r\nb\r\n'],
  ['a last line that ends with a bare CR gets one', 'a\r', 'a\r\r\n'],
  ['a bare LF at the very start', '\na\r\n', '\r\na\r\n'],
  ['NUL and 8-bit octets stay', '\0\xff\n', '\0\xff\r\n'],
])('%s, in every chunking', (_title, text, expected) => {
  const octets = encodeLatin1(text)
  forEveryChunking(octets, (chunks) => expect(canonicalize(chunks)).toBe(expected))
  expect(decodeLatin1(canonical(octets))).toBe(expected)
  expect(canonicalOctets(octets)).toBe(expected.length)
  expect(isCanonical(octets)).toBe(text === expected)
})

test('any octets become canonical as a search and replace would do it, in any chunking, and stay so', () => {
  fc.assert(
    fc.property(anyOctets, cuts, (octets, places) => {
      const lines = decodeLatin1(octets).replaceAll(/(?<!\r)\n/g, '\r\n')
      const expected = lines === '' || lines.endsWith('\r\n') ? lines : `${lines}\r\n`
      expect(canonicalize(cutAt(octets, places))).toBe(expected)
      expect(canonicalOctets(octets)).toBe(expected.length)
      const whole = canonical(octets)
      expect(decodeLatin1(whole)).toBe(expected)
      expect(canonical(whole)).toBe(whole)
    }),
  )
})

test.each(['', 'a\r\n', '\r\n.\r\n'])('what is canonical comes back as the same object: %j', (text) => {
  const octets = encodeText(text)
  expect(canonical(octets)).toBe(octets)
})

test('a chunk that is canonical comes back as the same object', () => {
  const chunk = encodeText('a\r\nb')
  expect(new CrlfCanonicalizer().push(chunk)[0]).toBe(chunk)
})

test('a canonicalizer that has ended begins a new message', () => {
  const canonicalizer = new CrlfCanonicalizer()
  canonicalizer.push(encodeText('a\r'))
  expect(canonicalizer.end()).toHaveLength(1)
  expect(canonicalizer.end()).toEqual([])
  expect(canonicalizer.push(encodeText('\n')).map(decodeLatin1)).toEqual(['\r\n'])
})

test('canonicalized() takes any source', async () => {
  let message = ''
  for await (const piece of canonicalized(new Blob(['one\ntwo']).stream())) message += decodeLatin1(piece)
  expect(message).toBe('one\r\ntwo\r\n')
})
