/** Arguments as Dovecot reads them: it says what it does not like of a number, and does not look at what a command does not need. */
import { type ArgumentReader, Refusal } from './argument-reader.ts'
import { cString } from './dovecot-command.ts'

/** @param apop whether APOP is enabled: only then its parameters are looked at */
export function dovecotArguments(apop: boolean): ArgumentReader {
  return {
    none: () => undefined,
    any: (argument) => argument,
    name: (argument = '') => cString(argument),
    password: (argument = '') => cString(argument),
    nameAndDigest: (argument = '') => (apop ? nameAndDigest(cString(argument)) : { name: '', digest: '' }),
    number: (argument = '') => wholeNumber(argument),
    optionalNumber: (argument = '') => (argument === '' ? undefined : wholeNumber(argument)),
    numberAndLines: (argument = '') => numberAndLines(argument),
    mechanism: (argument = '') => mechanism(argument),
  }
}

/** Wrong parameters of APOP are no bad command. */
function nameAndDigest(text: string): { name: string; digest: string } | Refusal {
  const [, name = '', digest = ''] = /^([^ ]*) (.*)$/s.exec(text) ?? []
  if (digest.length !== 32) return new Refusal('Invalid parameters.', { bad: false })
  if (/[^0-9a-f]/i.test(digest)) return new Refusal('Invalid characters in MD5 response.', { bad: false })
  return { name, digest: digest.toLowerCase() }
}

/** A mechanism that challenges first is not refused an initial response: nobody looks at it. */
function mechanism(text: string): { mechanism: string; initial: string | undefined } | undefined {
  const [, name = '', rest = ''] = /^([^ \r]*) ?(.*)$/s.exec(text) ?? []
  if (name === '') return undefined
  const response = cString(rest)
  const isIgnored = /^(?:CRAM-MD5|DIGEST-MD5)$/i.test(name) || (/^LOGIN$/i.test(name) && response === '=')
  return { mechanism: cString(name), initial: response === '' || isIgnored ? undefined : response }
}

function numberAndLines(text: string): { number: number; lines: number | Refusal } | Refusal {
  const read = unsigned(text, 'message number', 32n)
  if (read instanceof Refusal) return read
  const { value, rest } = read
  if (!rest.startsWith(' ')) return noise('message number', rest)
  const lines = whole(rest.replace(/^ +/, ''), 'size', 64n)
  // The largest one is the -1 that stands for a message without an end to its lines.
  return { number: Number(value), lines: lines instanceof Refusal ? lines : Number(BigInt.asIntN(64, lines)) }
}

function wholeNumber(text: string): number | Refusal {
  const number = whole(text, 'message number', 32n)
  return number instanceof Refusal ? number : Number(number)
}

function whole(text: string, what: Quantity, bits: bigint): bigint | Refusal {
  const read = unsigned(text, what, bits)
  if (read instanceof Refusal) return read
  return read.rest === '' ? read.value : noise(what, read.rest)
}

type Quantity = 'message number' | 'size'

/** The digits that text begins with as a number of so many bits, and what follows them. */
function unsigned(text: string, what: Quantity, bits: bigint): { value: bigint; rest: string } | Refusal {
  const digits = /^\d+/.exec(text)?.[0]
  if (digits === undefined) return refused(`Invalid ${what}: ${text}`)
  const value = BigInt(digits)
  const rest = text.slice(digits.length)
  const tooLarge = `${what.charAt(0).toUpperCase()}${what.slice(1)} too large: `
  // What does not even fit into 64 bits is still to be read when that is said.
  if (value >= 2n ** 64n) return refused(tooLarge + text)
  return value >= 2n ** bits ? refused(tooLarge + rest) : { value, rest }
}

const noise = (what: Quantity, rest: string): Refusal => refused(`Noise after ${what}: ${rest}`)

/** A function, because braces in what a client said are not to be filled in. */
function refused(text: string): Refusal {
  return new Refusal(() => text)
}
