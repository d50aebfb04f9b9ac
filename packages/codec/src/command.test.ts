import { expect, test } from 'vitest'
import { encodeCommand, formatCommand, parseCommand } from './command.ts'
import { decodeText, encodeLatin1, encodeText } from './octets.ts'
import { anyOctets, fc, lineText } from './testing/arbitraries.ts'

test('R2: a keyword is taken in any case, and only ASCII letters have one', () => {
  expect(parseCommand(encodeText('dEle 1')).verb).toBe('DELE')
  expect(parseCommand(encodeText('ſtat')).verb).toBe('ſTAT')
})

test('R19: everything behind the first SP is the argument', () => {
  expect(parseCommand(encodeText('PASS  two  words ')).argument).toBe(' two  words ')
})

test('a keyword alone has no argument, a SP behind it makes an empty one', () => {
  expect(parseCommand(encodeText('LIST')).argument).toBeUndefined()
  expect(parseCommand(encodeText('LIST ')).argument).toBe('')
})

test('R3: a TAB is a separator only to the lenient', () => {
  expect(parseCommand(encodeText('LIST\t1'))).toMatchObject({ verb: 'LIST\t1', argument: undefined })
  expect(parseCommand(encodeText(' \tLIST\t1'), { blanks: 'lenient' })).toMatchObject({ verb: 'LIST', argument: '1' })
})

test('a command keeps its octets and its offset', () => {
  const line = encodeLatin1('USER \xe9')
  expect(parseCommand(line, {}, 42)).toEqual({ verb: 'USER', argument: 'é', octets: line, offset: 42 })
})

test('R11: no line makes the parser throw', () => {
  fc.assert(
    fc.property(anyOctets, fc.constantFrom('strict', 'lenient'), (line, blanks) => {
      const { verb, argument } = parseCommand(line, { blanks })
      if (blanks === 'strict') {
        const text = decodeText(line)
        expect(argument === undefined ? verb : `${verb} ${argument}`).toHaveLength(text.length)
      }
    }),
  )
})

test('a command that is encoded and parsed is what it was', () => {
  fc.assert(
    fc.property(fc.constantFrom('USER', 'PASS', 'XTND'), fc.array(lineText, { maxLength: 3 }), (verb, args) => {
      const command = parseCommand(encodeCommand(verb, ...args).subarray(0, -2))
      expect(command).toMatchObject({ verb, argument: args.length === 0 ? undefined : args.join(' ') })
    }),
  )
})

test('numbers are arguments, too', () => {
  expect(formatCommand('TOP', 3, 0)).toBe('TOP 3 0')
})

test.each(['secret\r\nDELE 1', 'secret\n', 'secret\r', 'secret\0'])(
  'an argument of %j is refused, named by its position and not quoted',
  (secret) => {
    expect(() => encodeCommand('APOP', 'alice', secret)).toThrow(
      expect.objectContaining({
        code: 'POP3_ARGUMENT',
        message: 'Cannot send argument 2 of "APOP": expected no CR, LF or NUL in it',
      }),
    )
  },
)

test('a keyword that would smuggle a command is refused', () => {
  expect(() => formatCommand('NOOP\r\nDELE 1')).toThrow('Cannot send the keyword: expected no CR, LF or NUL in it')
})
