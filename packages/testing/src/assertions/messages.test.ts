import { expect, test } from 'vitest'
import { aliceServer, serverAfter } from '../testing/alice.ts'
import { saidBy } from '../testing/expecting.ts'
import { messages } from './messages.ts'

test('a maildrop holds so many messages, or these: by unique-id, by a pattern, by content', async () => {
  const maildrop = (await serverAfter(['DELE 2', 'QUIT'])).maildrop('alice')
  expect(messages(maildrop, 2).pass).toBe(true)
  expect(messages(maildrop, ['uid-1', 'uid-3']).pass).toBe(true)
  expect(messages(maildrop, [/^Subject: one/, { uid: 'uid-3' }]).pass).toBe(true)
  expect(messages(maildrop, [{ uid: 'uid-1', content: 'Subject: one\n\nThis is one' }, /three/]).pass).toBe(true)
  expect(messages(maildrop, ['uid-3', 'uid-1']).pass).toBe(false)
  expect(messages(maildrop, [{ content: 'Subject: one\n\nThis is 1' }, /three/]).pass).toBe(false)
})

test('the message shows what is there, and marks the first difference', async () => {
  const maildrop = aliceServer().maildrop('alice')
  expect(saidBy(messages(maildrop, 1))).toBe(`Expected the maildrop of "alice" to hold 1 message: it holds 3

    received
    uid-1 (29 octets, "one")
    uid-2 (29 octets, "two")
    uid-3 (33 octets, "three")`)
  expect(saidBy(messages(maildrop, ['uid-1', /dos/, { content: 'Subject: three\n\n3' }])))
    .toBe(`Expected the maildrop of "alice" to hold exactly these messages in this order

    expected               received
    uid-1                  uid-1 (29 octets, "one")
  > /dos/                  uid-2 (29 octets, "two")
    (21 octets, "three")   uid-3 (33 octets, "three")`)
})

test('of nothing there is no table', async () => {
  const maildrop = (await serverAfter(['DELE 1', 'DELE 2', 'DELE 3', 'QUIT'])).maildrop('alice')
  expect(saidBy(messages(maildrop, 1))).toBe('Expected the maildrop of "alice" to hold 1 message: it holds 0')
})

test('not', () => {
  expect(saidBy(messages(aliceServer().maildrop('alice'), 3))).toContain(
    'Expected the maildrop of "alice" not to hold 3 messages\n',
  )
})

test('the content of a lazy message cannot be compared, its unique-id can', () => {
  const content = function* (): Generator<string> {
    yield 'Subject: lazy\r\n\r\n'
  }
  const maildrop = aliceServer({ maildrops: { bob: { messages: [{ uid: 'lazy', content }] } } }).maildrop('bob')
  expect(messages(maildrop, ['lazy']).pass).toBe(true)
  expect(() => messages(maildrop, [/x/])).toThrow('Cannot compare the content of message "lazy", which is read lazily')
  expect(() => messages({}, 1)).toThrow(
    "Cannot tell the messages of an object of class Object: expected a maildrop (server.maildrop('alice'))",
  )
})

test('where only the content differs, the first line that does is told', () => {
  const maildrop = aliceServer().maildrop('alice')
  const content = 'Subject: one\n\nThis is noe\n'
  expect(saidBy(messages(maildrop, [{ uid: 'uid-1', content }, 'uid-2', 'uid-3']))).toContain(`
  > uid-1 (29 octets, "one")   uid-1 (29 octets, "one")
    uid-2                      uid-2 (29 octets, "two")
    uid-3                      uid-3 (33 octets, "three")

The content of uid-1 differs in line 3: expected "This is noe", received "This is one"`)
})

test.each([[undefined], ['uid-1'], [Number.NaN], [[1]], [[undefined]], [[{ text: 'x' }]]])(
  'what is no expectation is refused: %j',
  (given) => {
    // @ts-expect-error -- as in JavaScript
    expect(() => messages(aliceServer().maildrop('alice'), given)).toThrow(
      expect.objectContaining({ code: 'POP3_EXPECTATION' }),
    )
  },
)
