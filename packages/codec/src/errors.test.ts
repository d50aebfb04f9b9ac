import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { isPop3Error, Pop3ArgumentError, Pop3Error, Pop3LimitError, Pop3ProtocolError } from './errors.ts'

const errors = [
  { error: new Pop3Error('POP3_CLOSED', 'Closed'), name: 'Pop3Error', code: 'POP3_CLOSED' },
  {
    error: new Pop3ProtocolError('Cannot', { offset: 3, excerpt: 'x' }),
    name: 'Pop3ProtocolError',
    code: 'POP3_PROTOCOL',
  },
  { error: new Pop3LimitError('Cannot', { offset: 3, limit: 2 }), name: 'Pop3LimitError', code: 'POP3_LIMIT' },
  { error: new Pop3ArgumentError('Cannot'), name: 'Pop3ArgumentError', code: 'POP3_ARGUMENT' },
]

test.each(errors)('$name has its name, its code and the base class', ({ error, name, code }) => {
  expect(error).toBeInstanceOf(Pop3Error)
  expect(error).toMatchObject({ name, code })
  expect(isPop3Error(error)).toBe(true)
  expect(String(error)).toBe(`${name}: ${error.message}`)
  expect(error.stack).toContain(name)
})

test('the name is not enumerable, so that an error is printed as any other', () => {
  for (const { error } of errors) expect(Object.keys(Object.getPrototypeOf(error))).toEqual([])
  expect(Object.keys(new Pop3ArgumentError('Cannot'))).toEqual(['code'])
  expect(Object.keys(new Pop3LimitError('Cannot', { offset: 1, limit: 2 }))).toEqual(['code', 'offset', 'limit'])
})

test('an error carries its cause', () => {
  const cause = new Error('below')
  expect(new Pop3ProtocolError('Cannot', { offset: 0, excerpt: '', cause }).cause).toBe(cause)
  expect('cause' in new Pop3ArgumentError('Cannot')).toBe(false)
})

test('isPop3Error() knows an error of another copy in another realm', () => {
  const foreign: unknown = runInNewContext(`
    const error = new Error('Closed')
    Object.defineProperty(error, Symbol.for('pop3kit.error'), { value: true })
    error
  `)
  expect(foreign).not.toBeInstanceOf(Error)
  expect(isPop3Error(foreign)).toBe(true)
})

test.each([new Error('other'), { code: 'POP3_CLOSED' }, 'POP3_CLOSED', null, undefined])(
  'isPop3Error() does not take %o for one',
  (value) => {
    expect(isPop3Error(value)).toBe(false)
  },
)
