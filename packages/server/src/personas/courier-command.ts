/** How Courier takes a command line apart: as C does with `fgets`, `strtok` and `atoi` (RFC 1939 section 3). */
import { type Command, decodeText } from '@pop3kit/codec'
import { atoi } from './atoi.ts'
import { type ArgumentReader, Refusal } from './argument-reader.ts'
import type { LineLimit, PersonaState } from './persona.ts'

const nul = 0x00

/** The octets of a line that it holds; the others up to the next line end are thrown away. */
const lineOctets = 8191

export const courierLine: LineLimit = { octets: lineOctets + '\r\n'.length, longer: 'truncate' }

/** The longest line that it takes for a SASL response. */
export const courierResponse: LineLimit = { octets: lineOctets, longer: 'split' }

/** It does not see the line end behind a NUL, takes the line for one that is too long, and throws the rest away: the next line. */
export const swallowsNext = (line: Uint8Array): boolean => line.length < lineOctets && line.includes(nul)

/** A keyword, the blank that ends it, and the rest; a CR is a blank, too. */
const grammar = /^[ \t\r]*([^ \t\r]*)(?:[ \t\r](.*))?$/s

export function courierCommand(line: Uint8Array, state: PersonaState): Omit<Command, 'offset'> {
  const end = line.indexOf(nul)
  const text = decodeText(end === -1 ? line : line.subarray(0, end))
  const [, keyword = '', argument] = grammar.exec(text) ?? []
  // The login process writes a keyword in capitals up to the first blank, so that there are none in one behind a blank.
  const isAsWritten = state === 'AUTHORIZATION' && /^[ \t]/.test(text)
  const verb = isAsWritten ? keyword : keyword.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
  return { verb, argument, octets: line }
}

const invalid = new Refusal('Invalid command.')

/** What stands behind a keyword up to a CR: blanks are part of it. */
const rest = (argument = ''): string | undefined => /[^\r]+/.exec(argument)?.[0]

const words = (argument = ''): string[] => argument.match(/[^ \t\r]+/g) ?? []

/** The first words, whatever follows them, and 0 for a number that is missing. */
export const courierArguments: ArgumentReader = {
  none: () => undefined,
  any: (argument) => argument,
  name: (argument) => rest(argument) ?? invalid,
  password: (argument) => rest(argument) ?? new Refusal('USER/PASS required.'),
  nameAndDigest: () => invalid,
  number: (argument) => atoi(words(argument)[0]),
  optionalNumber: (argument) => {
    const [first] = words(argument)
    return first === undefined ? undefined : atoi(first)
  },
  numberAndLines: (argument) => {
    const [number, lines] = words(argument)
    return { number: atoi(number), lines: lines === undefined ? invalid : atoi(lines) }
  },
  mechanism: (argument) => {
    const [mechanism, initial] = words(argument)
    if (mechanism === undefined) return invalid
    // An empty initial response is none where the server speaks first.
    return { mechanism, initial: initial === '=' && /^CRAM-/i.test(mechanism) ? undefined : initial }
  },
}
