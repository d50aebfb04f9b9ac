import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GeneratedMessage, type GenerateOptions, generate } from './generate.ts'

const textOf = (options: GenerateOptions, index = 0): string =>
  Buffer.from(generate(options)[index]?.content() ?? []).toString('latin1')

const safe = fc.maxSafeInteger()

test('every size is exact, whatever the seed is', () => {
  const sizes = fc.integer({ min: 256, max: 5000 })
  fc.assert(
    fc.property(safe, sizes, sizes, fc.nat(40), (seed, one, other, count) => {
      const [min, max] = [Math.min(one, other), Math.max(one, other)]
      for (const { octets, content } of generate({ count, seed, size: { min, max } })) {
        expect(content().length).toBe(octets)
        expect(octets).toBeGreaterThanOrEqual(min)
        expect(octets).toBeLessThanOrEqual(max)
      }
      for (const { octets, content } of generate({ count, seed, size: one })) {
        expect([octets, content().length]).toEqual([one, one])
      }
    }),
  )
})

test('the fewest and the most octets both come up', () => {
  const sizes = new Set(generate({ count: 100, size: { min: 300, max: 303 } }).map(({ octets }) => octets))
  expect(sizes).toEqual(new Set([300, 301, 302, 303]))
})

test('every message is ASCII in lines of 78 at most, each ended with CRLF, and has the fields that it must have', () => {
  fc.assert(
    fc.property(safe, fc.integer({ min: 256, max: 5000 }), fc.nat(30), (seed, size, index) => {
      const text = textOf({ count: index + 1, size, seed }, index)
      expect(text).toMatch(/^(?:[\t\x20-\x7e]{0,78}\r\n)+$/)
      const header = text.slice(0, text.indexOf('\r\n\r\n') + 2)
      for (const field of ['From', 'To', 'Subject', 'Date', 'Message-ID']) {
        expect(header.match(new RegExp(`^${field}: .`, 'gm'))).toHaveLength(1)
      }
    }),
  )
})

test('the same seed gives the same octets in any process, on any machine', () => {
  const hash = createHash('sha256')
  for (const { uid, octets, arrivedAt, content } of generate({ count: 200, seed: 42 })) {
    hash.update(`${uid} ${octets} ${arrivedAt}\n`).update(content())
  }
  expect(hash.digest('hex')).toBe('cb614a3a47abba87ad088480ffe49a0bb76919bcf82aa5cf95c3882867cf9d7a')
})

test('a message does not depend on how many there are, nor on which was read before', () => {
  const [few, many] = [generate({ count: 10 }), generate({ count: 20 })]
  const known = ({ uid, octets, arrivedAt }: GeneratedMessage): unknown => [uid, octets, arrivedAt]
  expect(few.map(known)).toEqual(many.slice(0, 10).map(known))
  expect(few[9]?.content()).toEqual(many[9]?.content())
  expect(few[9]?.content()).toEqual(few[9]?.content())
})

test('another seed gives other messages', () => {
  expect(textOf({ count: 1, size: 1000, seed: 2 })).not.toBe(textOf({ count: 1, size: 1000, seed: 1 }))
  expect(textOf({ count: 1, size: 1000, seed: 2 ** 32 + 1 })).not.toContain(
    textOf({ count: 1, size: 1000 }).slice(-200),
  )
})

test('unique-ids are unique-ids, and the arrivals go on', () => {
  const messages = generate({ count: 1000, seed: Number.MIN_SAFE_INTEGER })
  expect(new Set(messages.map(({ uid }) => uid)).size).toBe(1000)
  expect(messages.every(({ uid }) => /^[\x21-\x7e]{1,70}$/.test(uid))).toBe(true)
  const arrivals = messages.map(({ arrivedAt }) => arrivedAt)
  expect(arrivals).toEqual(arrivals.toSorted((one, other) => one - other))
})

test('an answer names an earlier message of the same subject', () => {
  const texts = generate({ count: 300, size: 2000 }).map(({ content }) => Buffer.from(content()).toString('latin1'))
  const field = (name: string, text = ''): string => new RegExp(`^${name}: (.*)\r$`, 'm').exec(text)?.[1] ?? ''
  const answers = texts.filter((text) => field('In-Reply-To', text) !== '')
  expect(answers.length).toBeGreaterThan(50)
  for (const answer of answers) {
    const answered = texts
      .slice(0, texts.indexOf(answer))
      .find((text) => field('Message-ID', text) === field('In-Reply-To', answer))
    expect(field('Subject', answer)).toBe(`Re: ${field('Subject', answered).replace('Re: ', '')}`)
  }
})

test('some are plain, some have HTML, some a file', () => {
  const types = generate({ count: 100, size: 2000 }).map(
    ({ content }) => /^Content-Type: multipart\/(\w+)/m.exec(Buffer.from(content()).toString('latin1'))?.[1],
  )
  expect(new Set(types)).toEqual(new Set([undefined, 'alternative', 'mixed']))
})

test('M74: a hundred thousand messages are there in a moment, none of them made', () => {
  const messages = generate({ count: 100_000, size: 10_000_000 })
  expect(messages).toHaveLength(100_000)
  expect(messages.at(-1)).toMatchObject({ uid: 'generated-1-100000', octets: 10_000_000 })
})

test.each([
  [{ count: 1.5 }, 'count 1.5: expected a whole number from 0 up'],
  [{ count: -1 }, 'count -1: expected a whole number from 0 up'],
  [{ count: 1, size: 255 }, 'size 255: expected a whole number from 256 up'],
  [{ count: 1, size: { min: 500, max: 400 } }, 'size 400: expected a whole number from 500 up'],
  [{ count: 1, seed: 0.5 }, 'seed 0.5: expected a whole number from -9007199254740991 up'],
])('%j is refused', (options, message) => {
  expect(() => generate(options)).toThrow(
    expect.objectContaining({ code: 'MAILBOX_ARGUMENT', message: `Cannot generate with ${message}` }),
  )
})
