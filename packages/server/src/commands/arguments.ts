/** The arguments that commands take (RFC 1939 section 3, R3), by the letter or as a C program reads them. */
import type { PersonaGrammar } from '../personas/persona.ts'
import { type ArgumentSyntax, malformed } from './command-definition.ts'

/** No argument at all. */
export const noArgument: ArgumentSyntax<undefined> = (argument, { surplus }) =>
  argument === undefined || surplus === 'ignore' ? undefined : malformed

/** Everything up to the end of the line, at least one character. */
export const text: ArgumentSyntax<string> = (argument) => argument || malformed

/** A name and an APOP digest. */
export const nameAndDigest: ArgumentSyntax<{ user: string; digest: string }> = (argument) => {
  const match = /^([^ ]+) ([^ ]+)$/.exec(argument ?? '')
  return match === null ? malformed : { user: match[1] ?? '', digest: match[2] ?? '' }
}

/** A message number. */
export const messageNumber: ArgumentSyntax<number> = (argument, grammar) => {
  const [number] = numbers(argument, 1, grammar)
  return number ?? malformed
}

/** A message number, or none for all messages. */
export const optionalMessageNumber: ArgumentSyntax<number | undefined> = (argument, grammar) => {
  const absent = grammar.numbers === 'c' ? words(argument).length === 0 : argument === undefined
  return absent ? undefined : messageNumber(argument, grammar)
}

/** A message number and a count of lines. */
export const messageNumberAndLines: ArgumentSyntax<{ number: number; lines: number }> = (argument, grammar) => {
  const [number, lines] = numbers(argument, 2, grammar)
  return number === undefined || lines === undefined ? malformed : { number, lines }
}

/** The numbers of an argument; none when it is not made of exactly so many, or by C's rules of as many as there are and zeros. */
function numbers(argument: string | undefined, count: number, grammar: PersonaGrammar): number[] {
  if (grammar.numbers === 'c') {
    const given = words(argument)
    return Array.from({ length: count }, (_, index) => atoi(given[index] ?? ''))
  }
  const given = (argument ?? '').split(' ')
  return given.length === count && given.every((word) => /^\d{1,15}$/.test(word)) ? given.map(Number) : []
}

function words(argument: string | undefined): string[] {
  return (argument ?? '').split(/[ \t]+/).filter((word) => word !== '')
}

/** C's `atoi` on a 64-bit machine: a leading number, held to 64 bits, of which the low 32 bits are taken. */
function atoi(word: string): number {
  const digits = /^[+-]?\d+/.exec(word)?.[0] ?? '0'
  const value = BigInt(digits.replace('+', ''))
  const limit = 2n ** 63n
  const held = value >= limit ? limit - 1n : value < -limit ? -limit : value
  return Number(BigInt.asIntN(32, held))
}
