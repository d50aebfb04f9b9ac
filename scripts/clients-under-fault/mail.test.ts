import { expect, test } from 'vitest'
import { mailFor, sorted, textOf } from './mail.ts'

test('what a client has of a message is found wherever it put it', async () => {
  const mail = await mailFor('trunc-close')
  const [first, , , fourth] = mail.map(textOf)
  const half = fourth?.slice(0, 2000)
  expect(sorted(mail, [half ?? '', `Received: from here\r\n${first}`])).toEqual([
    `Received: from here\r\n${first}`,
    undefined,
    undefined,
    half,
    undefined,
    undefined,
    undefined,
  ])
})

test('message 4 has lines of one dot', async () => {
  const [, , , fourth] = await mailFor('unstuffed')
  expect(fourth && textOf(fourth)).toMatch(/^\.\r\n/m)
})

test('latin1 has a message that is no UTF-8', async () => {
  const [message] = await mailFor('latin1')
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(message?.content)).toThrow(TypeError)
})
