import { expect, test } from 'vitest'
import { concatOctets, encodeLatin1 } from '../octets.ts'
import { everySplit, forEveryChunking, HOSTILE_CHUNKINGS } from './chunkings.ts'

const octets = encodeLatin1('+OK\r\n..a.b\r\n.\r\n')

test.each(HOSTILE_CHUNKINGS)('cutting $name loses nothing', ({ cut }) => {
  expect(concatOctets(cut(octets))).toEqual(octets)
})

test('every split is one between two octets, each once', () => {
  const lengths = everySplit(octets).map(({ cut }) => cut(octets).map((chunk) => chunk.length))
  expect(lengths).toEqual(
    Array.from({ length: octets.length - 1 }, (_, index) => [index + 1, octets.length - index - 1]),
  )
})

test('a check that fails for one chunking says for which', () => {
  const check = (chunks: readonly Uint8Array[]): void => {
    if (chunks.length === 2 && chunks[0]?.length === 7) throw new Error('Cannot go on')
  }
  expect(() => forEveryChunking(octets, check)).toThrow('Failed when cut: split before octet 7')
})
