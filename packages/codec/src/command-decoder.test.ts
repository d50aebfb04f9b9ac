import { expect, test } from 'vitest'
import { encodeCommand } from './command.ts'
import { CommandDecoder, type CommandDecoderOptions } from './command-decoder.ts'
import { Pop3LimitError } from './errors.ts'
import { concatOctets, decodeLatin1, decodeText, encodeLatin1, encodeText } from './octets.ts'
import { cutAt, cuts, fc, lineText } from './testing/arbitraries.ts'
import { forEveryChunking } from './testing/chunkings.ts'
import { readVectors, titleOf, type CommandReading } from './testing/vectors.ts'

function read(chunks: readonly Uint8Array[], options: CommandDecoderOptions): CommandReading {
  const decoder = new CommandDecoder(options)
  const commands = chunks.flatMap((chunk) => {
    decoder.push(chunk)
    return [...pull(decoder)]
  })
  return { commands, pending: decodeLatin1(decoder.pending) }
}

/** Arguments in the vectors are octets: those of the line behind the keyword. */
function* pull(decoder: CommandDecoder): Generator<CommandReading['commands'][number]> {
  for (;;) {
    try {
      const command = decoder.next()
      if (command === undefined) return
      const argument = command.argument === undefined ? null : decodeLatin1(encodeText(command.argument))
      yield { verb: command.verb, argument, offset: command.offset }
    } catch (error) {
      if (!(error instanceof Pop3LimitError)) throw error
      yield { tooLong: true, offset: error.offset }
    }
  }
}

for (const vector of readVectors('framing').commands) {
  test(`${titleOf(vector)}, in every chunking`, () => {
    for (const { lineEndings, blanks, ...reading } of vector.readings) {
      for (const options of lineEndings.flatMap((lineEndings) => blanks.map((blanks) => ({ lineEndings, blanks })))) {
        forEveryChunking(encodeLatin1(vector.octets), (chunks) => {
          expect(read(chunks, { ...options, maxOctets: vector.maxOctets })).toEqual(reading)
        })
      }
    }
  })
}

test('commands that are encoded come out as they were, in any chunking', () => {
  const commands = fc.array(fc.tuple(fc.constantFrom('USER', 'PASS', 'TOP'), lineText), { maxLength: 5 })
  fc.assert(
    fc.property(commands, cuts, (commands, places) => {
      const octets = concatOctets(commands.map(([verb, argument]) => encodeCommand(verb, argument)))
      const decoder = new CommandDecoder({ maxOctets: 10_000 })
      for (const chunk of cutAt(octets, places)) decoder.push(chunk)
      for (const [verb, argument] of commands) expect(decoder.next()).toMatchObject({ verb, argument })
      expect(decoder.next()).toBeUndefined()
    }),
  )
})

test('R41: a command line of 255 octets is taken, one of 256 is not', () => {
  const decoder = new CommandDecoder()
  decoder.push(encodeText(`NOOP ${'x'.repeat(248)}\r\n`))
  expect(decoder.next()?.octets).toHaveLength(253)
  decoder.push(encodeText(`NOOP ${'x'.repeat(249)}\r\n`))
  expect(() => decoder.next()).toThrow(expect.objectContaining({ code: 'POP3_LIMIT', limit: 255, offset: 510 }))
})

test('a server that cuts a long command goes on with what it holds', () => {
  const decoder = new CommandDecoder({ maxOctets: 16, overflow: 'truncate' })
  decoder.push(encodeText('USER abcdefghijklmnop\r\nNOOP\r\n'))
  expect([decoder.next(), decoder.next()]).toMatchObject([{ verb: 'USER', argument: 'abcdefghi' }, { verb: 'NOOP' }])
})

test('R81: a response in a SASL exchange may be longer than a command', () => {
  const response = 'A'.repeat(5000)
  forEveryChunking(encodeText('AUTH PLAIN\r\n'), (chunks) => {
    const decoder = new CommandDecoder()
    for (const chunk of [
      ...chunks,
      encodeText(response.slice(0, 4000)),
      encodeText(`${response.slice(4000)}\r\nNOOP\r\n`),
    ]) {
      decoder.push(chunk)
    }
    expect(decoder.next()).toMatchObject({ verb: 'AUTH', argument: 'PLAIN' })
    expect(decoder.nextLine()?.octets).toEqual(encodeText(response))
    expect(decoder.next()).toMatchObject({ verb: 'NOOP' })
  })
})

test('a response has a limit as well', () => {
  const decoder = new CommandDecoder({ maxResponseOctets: 1000 })
  decoder.push(new Uint8Array(2000))
  expect(() => decoder.nextLine()).toThrow(expect.objectContaining({ code: 'POP3_LIMIT', limit: 1000 }))
})

test('R65: what was sent in clear behind STLS can be seen and thrown away', () => {
  const decoder = new CommandDecoder()
  decoder.push(encodeText('STLS\r\nUSER mallory\r\n'))
  expect(decoder.next()?.verb).toBe('STLS')
  expect(decodeText(decoder.pending)).toBe('USER mallory\r\n')
  expect(decoder.offset).toBe(6)
  expect(decoder.discard()).toBe(14)
  expect(decoder.next()).toBeUndefined()
  expect(decoder.offset).toBe(20)
})
