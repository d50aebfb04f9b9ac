import { expect, test } from 'vitest'
import { readConnectArguments } from './connect-arguments.ts'

const callback = (): void => {}
const options = { host: 'pop.example.com', port: 110 }

test.each([
  ['options', [options], { options }],
  ['options and a callback', [options, callback], { options, callback }],
  ['the list that net.connect() makes', [[options, callback]], { options, callback }],
  ['the same without a callback', [[options, null]], { options }],
  ['a port', [110], { options: { port: 110 } }],
  ['a port and a callback', [110, callback], { options: { port: 110 }, callback }],
  ['a port and a host', [110, 'pop.example.com'], { options }],
  ['a port, a host and a callback', [110, 'pop.example.com', callback], { options, callback }],
  ['a port as text', ['110', 'pop.example.com'], { options: { ...options, port: '110' } }],
  ['the path of a local socket', ['/run/pop3.sock', callback], { options: {}, callback }],
  ['nothing', [], { options: {} }],
])('%s', (_form, args, expected) => {
  expect(readConnectArguments(args)).toEqual({ callback: undefined, ...expected })
})
