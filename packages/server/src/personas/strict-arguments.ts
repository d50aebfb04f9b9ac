/** Arguments by the letter: one SP between words, decimal numbers, nothing missing and nothing more (RFC 1939 section 3, R3). */
import { type ArgumentReader, Refusal } from './argument-reader.ts'
import type { PersonaText } from './persona.ts'

/** Reads by the letter and refuses with one text whatever is not. */
export function strictArguments(refusal: PersonaText): ArgumentReader {
  const refused = new Refusal(refusal)
  const words = (argument: string | undefined, pattern: RegExp): readonly string[] | Refusal => {
    const match = pattern.exec(argument ?? '')
    return match === null ? refused : match.slice(1)
  }
  const number = (argument: string | undefined): number | Refusal => {
    const found = words(argument, /^(\d{1,15})$/)
    return found instanceof Refusal ? found : Number(found[0])
  }
  return {
    none: (argument) => (argument === undefined ? undefined : refused),
    any: (argument) => argument,
    name: (argument) => argument || refused,
    password: (argument) => argument || refused,
    nameAndDigest: (argument) => {
      const found = words(argument, /^([^ ]+) ([^ ]+)$/)
      return found instanceof Refusal ? found : { name: found[0] ?? '', digest: found[1] ?? '' }
    },
    number,
    optionalNumber: (argument) => (argument === undefined ? undefined : number(argument)),
    numberAndLines: (argument) => {
      const found = words(argument, /^(\d{1,15}) (\d{1,15})$/)
      return found instanceof Refusal ? found : { number: Number(found[0]), lines: Number(found[1]) }
    },
    mechanism: (argument) => {
      const found = words(argument, /^([^ ]+)(?: ([^ ]+))?$/)
      return found instanceof Refusal ? found : { mechanism: found[0] ?? '', initial: found[1] }
    },
  }
}
