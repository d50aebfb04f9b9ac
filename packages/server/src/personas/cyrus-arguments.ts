/** How Cyrus pop3d reads a line: words between the blanks of C, numbers of 32 bits, and names of mailboxes. */
import { type Command, decodeText } from '@pop3kit/codec'
import { type ArgumentReader, Refusal } from './argument-reader.ts'

const NUL = 0x00

/** The octets that a line may have: the buffer has 8192, and one of them is a NUL at the end. A longer one is read as several. */
export const cyrusLineOctets = 8191

/** A keyword, one blank, and the rest. A blank is what `isspace` takes for one. */
const LINE = /^(?<verb>[^ \t\v\f\r]*)(?:[ \t\v\f\r](?<argument>.*))?$/s
const BLANKS = /^[ \t\v\f\r]+/

/**
 * Takes a line apart. It ends at a NUL, as a string of C does, and a CR before that is taken for part of the line end, as it is where
 * the line was too long. The blanks before an argument are none of it, but for PASS.
 */
export function cyrusCommand(line: Uint8Array): Omit<Command, 'offset'> {
  const nul = line.indexOf(NUL)
  const isCut = nul !== -1 || line.length === cyrusLineOctets
  const whole = decodeText(nul === -1 ? line : line.subarray(0, nul))
  const text = isCut ? whole.replace(/\r$/, '') : whole
  const { verb: keyword = '', argument } = LINE.exec(text)?.groups ?? {}
  const verb = keyword.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
  return { verb, argument: verb === 'PASS' ? argument : argument?.replace(BLANKS, ''), octets: line }
}

const missing = new Refusal('Missing argument')
const surplus = new Refusal('Unexpected extra argument')
const noNumber = new Refusal('Not a number')
const noCount = new Refusal('Invalid number of lines')

/** The number of 32 bits that a text begins with, and what follows it. */
function leadingNumber(text: string): { readonly value: number; readonly rest: string } | undefined {
  const [digits] = /^\d+/.exec(text) ?? []
  if (digits === undefined || Number(digits) >= 2 ** 32) return undefined
  return { value: Number(digits), rest: text.slice(digits.length) }
}

function messageNumber(argument: string): number | Refusal {
  const read = leadingNumber(argument)
  if (read === undefined) return noNumber
  return read.rest === '' ? read.value : surplus
}

/** A name, and behind the last SP a digest in lower case. */
const APOP = /^(?<name>.*) (?<digest>[\da-f]{32})(?![\da-f])[^ ]*$/s

/** Whether APOP has something to compare. */
export const isApopArgument = (argument: string): boolean => APOP.test(argument)

export const cyrusArguments: ArgumentReader = {
  none: (argument) => (argument === undefined ? undefined : surplus),
  any: (argument) => argument,
  name: (argument) => argument ?? missing,
  password: (argument) => argument ?? missing,
  nameAndDigest: (argument) => {
    if (argument === undefined) return missing
    const { name = '', digest = '' } = APOP.exec(argument)?.groups ?? {}
    return { name, digest }
  },
  number: (argument) => (argument === undefined ? missing : messageNumber(argument)),
  optionalNumber: (argument) => (argument === undefined ? undefined : messageNumber(argument)),
  numberAndLines: (argument = '') => {
    const message = leadingNumber(argument)
    if (message === undefined || message.rest === '') return missing
    const lines = leadingNumber(message.rest.replace(BLANKS, ''))
    if (lines === undefined) return noCount
    // An int holds the count at last, so that half of them are negative.
    return lines.rest === '' ? { number: message.value, lines: lines.value | 0 } : surplus
  },
  mechanism: (argument = '') => {
    const { verb: mechanism = '', argument: response } = LINE.exec(argument)?.groups ?? {}
    if (mechanism === '') return undefined
    const initial = response === '' ? '=' : response
    // LOGIN asks for the name all the same.
    return { mechanism, initial: initial === '=' && /^login$/i.test(mechanism) ? undefined : initial }
  },
}

/** What a name is looked up as: without the blanks around it, in lower case, and of the octets that the name of a mailbox may have. */
export const cyrusUserName = (name: string): string | undefined =>
  /^[!-$'-)+-.0-9;->@-~ ]{1,80}$/.test(name) ? name.trim().toLowerCase() : undefined
