import { expect, test } from 'vitest'
import { answerChallenges, lastChallenge } from './challenge.ts'

test('The digest of APOP is that of the example in RFC 1939 section 7', () => {
  const heard = '+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n'
  expect(answerChallenges('APOP mrose <apop tanstaaf>\r\n', heard)).toBe(
    'APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n',
  )
  expect(answerChallenges('<APOP tanstaaf>', heard)).toBe('C4C9334BAC560ECC979E58001B3E22FB')
})

test('The answer of CRAM-MD5 is that of the example in RFC 2195', () => {
  const heard = '+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n'
  expect(answerChallenges('<cram-md5 tim tanstaaftanstaaf>\r\n', heard)).toBe(
    'dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\r\n',
  )
})

// Computed with hashlib of Python.
test.each([
  ['sha-1', 'e+jNM2iq3pkmpCQ6bfo3Y22LBys='],
  ['sha-256', 'JjQI/R0O7iTny7Uv89U+kbbMUQWof1wOp3d+1cvj1tQ='],
])('The last message of SCRAM-%s has the proof', (hash, proof) => {
  const heard = `+OK\r\n+ ${Buffer.from('r=pop3kitSERVER,s=c2FsdHk=,i=4096').toString('base64')}\r\n`
  const message = Buffer.from(answerChallenges(`<scram-${hash} alice wonderland>`, heard), 'base64').toString()
  expect(message).toBe(`c=biws,r=pop3kitSERVER,p=${proof}`)
})

test('A challenge that is no text is none', () => {
  expect(lastChallenge('+ \r\n')).toBeUndefined()
  expect(lastChallenge('+ gICAgA==\r\n')).toBeUndefined()
})
