import { expect, test } from 'vitest'
import { Pop3LimitError } from './errors.ts'
import { LineDecoder, type LineDecoderOptions } from './line-decoder.ts'
import { concatOctets, decodeLatin1, encodeLatin1 } from './octets.ts'
import { anyOctets, cutAt, cuts, fc } from './testing/arbitraries.ts'
import { forEveryChunking } from './testing/chunkings.ts'

/** What comes out of a decoder, one item a call of next(): a line as it was on the wire, or where it was too long. */
function decode(chunks: readonly Uint8Array[], options?: LineDecoderOptions) {
  const decoder = new LineDecoder(options)
  const items = chunks.flatMap((chunk) => {
    decoder.push(chunk)
    return [...pull(decoder)]
  })
  return { items, pending: decodeLatin1(decoder.pending), offset: decoder.offset }
}

function* pull(decoder: LineDecoder) {
  for (;;) {
    try {
      const line = decoder.next()
      if (line === undefined) return
      const { octets, offset, ending, truncated } = line
      yield { text: decodeLatin1(octets), offset, ending, ...(truncated ? { truncated } : {}) }
    } catch (error) {
      if (!(error instanceof Pop3LimitError)) throw error
      yield { tooLongAt: error.offset, limit: error.limit }
    }
  }
}

const line = (text: string, offset: number, ending = 'crlf') => ({ text, offset, ending })

const cases: readonly {
  title: string
  text: string
  options?: LineDecoderOptions
  items: object[]
  pending?: string
}[] = [
  { title: 'a line', text: 'STAT\r\n', items: [line('STAT', 0)] },
  { title: 'lines, one of them empty', text: 'a\r\n\r\nb\r\n', items: [line('a', 0), line('', 3), line('b', 5)] },
  { title: 'an unfinished line', text: 'a\r\nbc', items: [line('a', 0)], pending: 'bc' },
  { title: 'half a CRLF', text: 'a\r', items: [], pending: 'a\r' },
  { title: 'a bare LF is data to the strict', text: 'a\nb\r\n\n\r\n', items: [line('a\nb', 0), line('\n', 5)] },
  {
    title: 'M7: a bare LF ends a line to the lenient',
    text: 'a\nb\r\n\n\r\n',
    options: { lineEndings: 'lenient' },
    items: [line('a', 0, 'lf'), line('b', 2), line('', 5, 'lf'), line('', 6)],
  },
  { title: 'a bare CR is data', text: 'a\rb\r\r\n\r\r\n', items: [line('a\rb\r', 0), line('\r', 6)] },
  {
    title: 'R41: a line of just the limit',
    text: '123456\r\nx\r\n',
    options: { maxOctets: 8 },
    items: [line('123456', 0), line('x', 8)],
  },
  {
    title: 'R41: a line of one octet too many is refused once, and the next line is read',
    text: '1234567\r\nx\r\n',
    options: { maxOctets: 8 },
    items: [{ tooLongAt: 8, limit: 8 }, line('x', 9)],
  },
  {
    title: 'R41: each line that is too long is refused',
    text: `${'x'.repeat(30)}\r\nok\r\n${'y'.repeat(9)}\r\n`,
    options: { maxOctets: 8 },
    items: [{ tooLongAt: 8, limit: 8 }, line('ok', 32), { tooLongAt: 44, limit: 8 }],
  },
  {
    title: 'a line without end is refused as soon as the limit is passed',
    text: 'x'.repeat(30),
    options: { maxOctets: 8 },
    items: [{ tooLongAt: 8, limit: 8 }],
    pending: 'x'.repeat(8),
  },
  {
    title: 'a line that is too long is cut when it ends',
    text: `1234567890\r\nok\r\n${'y'.repeat(9)}`,
    options: { maxOctets: 8, overflow: 'truncate' },
    items: [{ ...line('123456', 0), truncated: true }, line('ok', 12)],
    pending: 'y'.repeat(8),
  },
  {
    title: 'a CRLF behind the limit ends the line that is cut',
    text: `${'x'.repeat(8)}\r\nok\r\n`,
    options: { maxOctets: 8, overflow: 'truncate' },
    items: [{ ...line('xxxxxx', 0), truncated: true }, line('ok', 10)],
  },
  {
    title: 'a line that is too long is split into lines, as fgets reads it',
    text: `1234567890\r\nok\r\n${'y'.repeat(19)}`,
    options: { maxOctets: 8, overflow: 'split' },
    items: [
      { ...line('12345678', 0, 'none'), truncated: true },
      line('90', 8),
      line('ok', 12),
      { ...line('yyyyyyyy', 16, 'none'), truncated: true },
      { ...line('yyyyyyyy', 24, 'none'), truncated: true },
    ],
    pending: 'yyy',
  },
  {
    title: 'a line of just the limit is not split, and a CRLF may be',
    text: '123456\r\n1234567\r\nok\r\n',
    options: { maxOctets: 8, overflow: 'split', lineEndings: 'lenient' },
    items: [
      line('123456', 0),
      { ...line('1234567\r', 8, 'none'), truncated: true },
      line('', 16, 'lf'),
      line('ok', 17),
    ],
  },
]

test.each(cases)('$title, in every chunking', ({ text, options, items, pending = '' }) => {
  const octets = encodeLatin1(text)
  forEveryChunking(octets, (chunks) => expect(decode(chunks, options)).toMatchObject({ items, pending }))
})

test('any octets give the same lines in any chunking', () => {
  const options = fc.record({
    lineEndings: fc.constantFrom('strict', 'lenient'),
    overflow: fc.constantFrom('error', 'truncate', 'split'),
    maxOctets: fc.integer({ min: 2, max: 20 }),
  })
  fc.assert(
    fc.property(anyOctets, cuts, options, (octets, places, options) => {
      expect(decode(cutAt(octets, places), options)).toEqual(decode([octets], options))
    }),
  )
})

test('lines, their endings and what is pending are all that came', () => {
  fc.assert(
    fc.property(anyOctets, cuts, fc.constantFrom('strict', 'lenient'), (octets, places, lineEndings) => {
      const decoder = new LineDecoder({ lineEndings })
      for (const chunk of cutAt(octets, places)) decoder.push(chunk)
      let text = ''
      for (let line = decoder.next(); line !== undefined; line = decoder.next()) {
        expect(line.offset).toBe(text.length)
        text += decodeLatin1(line.octets) + (line.ending === 'lf' ? '\n' : '\r\n')
      }
      expect(text + decodeLatin1(decoder.pending)).toBe(decodeLatin1(octets))
    }),
  )
})

test('a line that lies in one chunk is a view of it', () => {
  const chunk = encodeLatin1('STAT\r\nNOOP\r\n')
  const decoder = new LineDecoder()
  decoder.push(chunk)
  expect(decoder.next()?.octets.buffer).toBe(chunk.buffer)
  expect(decoder.next()?.octets.buffer).toBe(chunk.buffer)
})

test.each(['error', 'truncate'] as const)('a million octets without a line end take no memory (%s)', (overflow) => {
  const decoder = new LineDecoder({ maxOctets: 512, overflow })
  let errors = 0
  for (let count = 0; count < 1000; count++) {
    decoder.push(new Uint8Array(1000))
    try {
      expect(decoder.next()).toBeUndefined()
    } catch (error) {
      expect(error).toBeInstanceOf(Pop3LimitError)
      errors++
    }
  }
  expect(decoder.pending).toHaveLength(512)
  expect(errors).toBe(overflow === 'error' ? 1 : 0)
})

test('what has been given does not change when more comes', () => {
  const decoder = new LineDecoder()
  decoder.push(encodeLatin1('ab'))
  decoder.next()
  const { pending } = decoder
  decoder.push(encodeLatin1('c\r\nxyz'))
  const line = decoder.next()
  decoder.next()
  expect([pending, line?.octets, decoder.pending].map((octets) => octets && decodeLatin1(octets))).toEqual([
    'ab',
    'abc',
    'xyz',
  ])
})

test('R65: discard() throws away what is buffered, says how much, and the offset goes on behind it', () => {
  const decoder = new LineDecoder()
  decoder.push(encodeLatin1('STLS\r\nUSER'))
  expect(decoder.next()).toMatchObject({ offset: 0 })
  expect(decoder.next()).toBeUndefined()
  decoder.push(encodeLatin1(' mallory\r\nPA\r'))
  expect(decoder.discard()).toBe(17)
  expect(decoder.pending).toHaveLength(0)
  expect(decoder.next()).toBeUndefined()
  for (const octet of encodeLatin1('\nSTAT\r\n')) decoder.push(Uint8Array.of(octet))
  expect(decoder.next()).toMatchObject({ offset: 23, octets: encodeLatin1('\nSTAT') })
})

test('discard() in the middle of a line that is too long begins a new one', () => {
  const decoder = new LineDecoder({ maxOctets: 4 })
  decoder.push(encodeLatin1('123456'))
  expect(() => decoder.next()).toThrow(Pop3LimitError)
  expect(decoder.discard()).toBe(6)
  decoder.push(encodeLatin1('ab\r\n'))
  expect(decoder.next()).toMatchObject({ offset: 6, octets: encodeLatin1('ab') })
})

test('peek() and skip() read between two lines', () => {
  const decoder = new LineDecoder()
  decoder.push(encodeLatin1('BDAT 3\r\nabc'))
  decoder.push(encodeLatin1('NOOP\r\n'))
  decoder.next()
  const octets = decoder.peek()
  decoder.skip(3)
  expect(octets && decodeLatin1(octets)).toBe('abc')
  expect(decoder.next()).toMatchObject({ offset: 11 })
  expect(decoder.peek()).toBeUndefined()
})

test('there is nothing to peek at behind an empty chunk', () => {
  const decoder = new LineDecoder()
  decoder.push(new Uint8Array(0))
  expect(decoder.peek()).toBeUndefined()
})

test('a line is refused when it can no longer end within the limit, not later', () => {
  const decoder = new LineDecoder({ maxOctets: 8 })
  decoder.push(encodeLatin1('1234567'))
  expect(decoder.next()).toBeUndefined()
  decoder.push(encodeLatin1('8'))
  expect(() => decoder.next()).toThrow(
    expect.objectContaining({
      offset: 8,
      message: 'Cannot read the line at offset 0: expected at most 8 octets with its ending',
    }),
  )
})

test('many chunks of one octet that are pushed before the first pull are read in order', () => {
  const octets = concatOctets(Array.from({ length: 5000 }, () => encodeLatin1('ab\r\n')))
  const decoder = new LineDecoder()
  for (const octet of octets) decoder.push(Uint8Array.of(octet))
  let lines = 0
  while (decoder.next() !== undefined) lines++
  expect(lines).toBe(5000)
})

test('what is left of a line that was too long is none, though the limit is higher by then', () => {
  const decoder = new LineDecoder({ maxOctets: 10 })
  decoder.push(encodeLatin1('0123456789'))
  expect(() => decoder.next()).toThrow(Pop3LimitError)
  decoder.maxOctets = 100
  decoder.push(encodeLatin1('left\r\nNOOP\r\n'))
  expect(decodeLatin1(decoder.next()?.octets ?? new Uint8Array())).toBe('NOOP')
})
