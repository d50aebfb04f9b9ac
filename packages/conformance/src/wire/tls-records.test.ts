import { expect, test } from 'vitest'
import { holdsAlert } from './tls-records.ts'

const record = (type: number, length: number): number[] => [
  type,
  3,
  3,
  length >> 8,
  length & 0xff,
  ...Array<number>(length).fill(0x15),
]
const clear = [...Buffer.from('+OK begin TLS\r\n')]

test('an alert is found among other records, clear text before them', () => {
  const octets = [...clear, ...record(0x16, 300), ...record(0x14, 1), ...record(0x17, 40)]
  expect(holdsAlert(Uint8Array.from(octets))).toBe(false)
  expect(holdsAlert(Uint8Array.from([...octets, ...record(0x15, 26)]))).toBe(true)
})

test('without any record there is no alert', () => {
  expect(holdsAlert(Uint8Array.from(clear))).toBe(false)
  expect(holdsAlert(new Uint8Array())).toBe(false)
})
