/** The cases that are the same for the messages of every mechanism. */
import { expect, test } from 'vitest'
import { Pop3ProtocolError } from '../errors.ts'
import { encodeLatin1 } from '../octets.ts'
import { fc } from './arbitraries.ts'
import { titleOf, type MessageVector } from './vectors.ts'

/** Whose name and whose secret stand in what is refused: neither may stand in the error. */
const PRIVATE = /tim|s3c|r3t|fyk|AQ==/

/** What parts of a message lie between. */
const DELIMITERS = encodeLatin1('\0\x01=,')

/** Each vector is a test: its message means what it says, or is refused without being shown; and so is any that resembles it. */
export function testMessages<Meaning>(
  what: string,
  parse: (octets: Uint8Array) => Meaning,
  vectors: readonly MessageVector<Meaning>[],
): void {
  for (const vector of vectors) {
    const { message, means } = vector
    test(`${what}: ${titleOf(vector)}: is ${means === null ? 'refused, and not shown' : 'read'}`, () => {
      const read = () => parse(encodeLatin1(message))
      if (means !== null) expect(read()).toEqual(means)
      else {
        expect(read).toThrow(
          expect.objectContaining({
            code: 'POP3_PROTOCOL',
            excerpt: '***',
            message: expect.not.stringMatching(PRIVATE),
          }),
        )
      }
    })
  }
  const message = fc.constantFrom(...vectors.map((vector) => vector.message))
  const spoiling = fc.array(fc.oneof(fc.constantFrom(...DELIMITERS), fc.nat(255)), { maxLength: 3 })
  test(`${what}: whatever comes is read, or refused as an error of the protocol`, () => {
    fc.assert(
      fc.property(message, fc.nat(200), fc.nat(3), spoiling, (message, at, length, octets) => {
        const spoiled = [...encodeLatin1(message)].toSpliced(at, length, ...octets)
        try {
          parse(Uint8Array.from(spoiled))
        } catch (error) {
          expect(error).toBeInstanceOf(Pop3ProtocolError)
        }
      }),
    )
  })
}
