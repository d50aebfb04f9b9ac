import { expect, test } from 'vitest'
import { messageRequest, request } from './request.ts'
import { text } from './testing/scripted-server.ts'

test('a command is sent whole and shown without its secret', () => {
  const pass = request('PASS', ['open sesame'], ['open sesame'])
  expect(text(pass.octets)).toBe('PASS open sesame\r\n')
  expect(pass.text).toBe('PASS ***')
  expect(request('APOP', ['mrose', 'c4c9334b'], ['c4c9334b']).text).toBe('APOP mrose ***')
  expect(request('USER', ['mrose']).text).toBe('USER mrose')
})

test('a command about a message carries its number, and TOP the number of lines', () => {
  expect(messageRequest('LIST').text).toBe('LIST')
  expect(messageRequest('RETR', 7).text).toBe('RETR 7')
  expect(messageRequest('TOP', 3, 0).text).toBe('TOP 3 0')
})

test.each([0, -1, 1.5, Number.NaN, Infinity, 2 ** 53])('%s is no message number', (number) => {
  expect(() => messageRequest('RETR', number)).toThrow(
    `Cannot send RETR: expected the message number to be an integer of 1 or more, not ${number}`,
  )
})
