/** How Zimbra reads arguments: everything behind the first SP, and numbers as Java reads them. */
import { type ArgumentReader, Refusal } from './argument-reader.ts'

const required = (argument: string | undefined, name: string): string | Refusal =>
  argument ?? new Refusal(`please specify a ${name}`)

function integer(text: string, refusal: string): number | Refusal {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN
  return value >= -(2 ** 31) && value < 2 ** 31 ? value : new Refusal(refusal)
}

const number = (text: string): number | Refusal => integer(text, 'unable to parse msg')

export const zimbraArguments: ArgumentReader = {
  none: () => undefined,
  any: (argument) => argument,
  name: (argument) => required(argument, 'user'),
  password: (argument) => required(argument, 'password'),
  nameAndDigest: () => new Refusal('unknown command'),
  number: (argument) => (argument === undefined ? new Refusal('please specify a message') : number(argument)),
  optionalNumber: (argument) => (argument === undefined ? undefined : number(argument)),
  numberAndLines: (argument = '') => {
    const [, message, count] = /^([^ ]*) (.*)$/s.exec(argument) ?? []
    if (message === undefined || count === undefined) return new Refusal('please specify a message and number of lines')
    const lines = integer(count, 'unable to parse number of lines')
    if (lines instanceof Refusal) return lines
    if (lines < 0) return new Refusal('please specify a non-negative value for number of lines')
    const found = number(message)
    return found instanceof Refusal ? found : { number: found, lines }
  },
  mechanism: (argument) => {
    const [, mechanism = '', initial] = /^([^ ]*)(?: (.*))?$/s.exec(argument ?? '') ?? []
    return mechanism === '' ? new Refusal('mechanism not specified') : { mechanism, initial }
  },
}
