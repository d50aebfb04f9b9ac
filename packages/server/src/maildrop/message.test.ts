import { expect, test } from 'vitest'
import { Message, type MessageContent } from './message.ts'

const text = async (message: Message): Promise<string> => Buffer.from(await message.bytes()).toString('latin1')

test.each<[string, MessageContent]>([
  ['octets', new TextEncoder().encode('a\nb')],
  ['text', 'a\nb'],
  ['a function that gives octets', () => new TextEncoder().encode('a\nb')],
  ['a function that gives text', () => 'a\nb'],
  ['a function that gives pieces', () => ['a', '\n', new TextEncoder().encode('b')]],
  ['a function that promises', () => Promise.resolve(['a\nb'])],
  [
    'an asynchronous generator',
    async function* () {
      yield await Promise.resolve('a')
      yield '\nb'
    },
  ],
])('R29: %s with bare LF and an open last line is sent and counted with CRLF', async (_name, content) => {
  const message = new Message('uid', { content })
  expect(await message.size()).toEqual({ octets: 6, lineEndAdded: true })
  expect(await text(message)).toBe('a\r\nb\r\n')
})

test('octets that are canonical already are not copied', async () => {
  const content = new TextEncoder().encode('a\r\nb\r\n')
  expect(await new Message('uid', { content }).bytes()).toBe(content)
})

test('a bare CR stays as it is', async () => {
  expect(await text(new Message('uid', { content: 'a\rb\r\r\n' }))).toBe('a\rb\r\r\n')
})

test('a message of no octets has none', async () => {
  const message = new Message('uid', { content: () => [] })
  expect(await message.size()).toEqual({ octets: 0, lineEndAdded: false })
  expect(await message.bytes()).toHaveLength(0)
})

test('a lazy source is opened once to be counted, and anew each time it is read', async () => {
  let opened = 0
  const message = new Message('uid', {
    content: () => {
      opened += 1
      return ['hello\r\n']
    },
  })
  await message.size()
  await message.size()
  expect(opened).toBe(1)
  await message.bytes()
  await message.bytes()
  expect(opened).toBe(3)
})

test('a lazy source that says its size is not opened to be counted', async () => {
  const message = new Message('uid', { content: () => Promise.reject(new Error('opened')), octets: 7 })
  expect(await message.size()).toEqual({ octets: 7, lineEndAdded: false })
})
