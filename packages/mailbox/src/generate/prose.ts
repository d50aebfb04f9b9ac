/** Text that looks like mail and has exactly so many octets. */
import type { Random } from './random.ts'

const words = `
  about after again agenda agreed answer april autumn basket before below board bridge budget cabin call carrier
  change check city clerk close copy corner could crane customs daily deck delay delivery desk done draft early
  east engine evening every ferry figures final follow forward freight friday garden harbour have hold hour
  inform inspect invoice island item journey june keep kitchen ladder later letter light list load lunch
  manifest market meet monday morning need north notes number office open order paper part pay pilot plan please
  port quay quite rain ready receipt report river room route sail same send ship short signal sign south spare
  store summer table thanks ticket tide today train truck under until update urgent visit wait water weather
`
  .trim()
  .split(/\s+/)

const word = (random: Random): string => words[random.below(words.length)] ?? ''

/** The longest line, without its end. */
const width = 71

/** Some words. */
export function phrase(random: Random, count: number): string {
  return Array.from({ length: count }, () => word(random)).join(' ')
}

/** Lines of words that end with CRLF, in paragraphs. @param octets 0, or 2 and more. */
export function prose(random: Random, octets: number): string {
  const lines: string[] = []
  let left = octets
  // A line and its end leave 2 octets or more: none is too short for a line end.
  while (left > width + 3) {
    const line = random.below(8) === 0 ? '' : lineOfWords(random)
    lines.push(line, '\r\n')
    left -= line.length + 2
  }
  if (left > 0) lines.push(lineOf(random, left - 2), '\r\n')
  return lines.join('')
}

/** Whole words, as many as a line takes. */
function lineOfWords(random: Random): string {
  let line = word(random)
  for (let next = word(random); line.length + 1 + next.length <= width; next = word(random)) {
    line += ` ${next}`
  }
  return line
}

/** A line of exactly so many characters; its last word may be cut. */
function lineOf(random: Random, length: number): string {
  let line = ''
  while (line.length < length) line += `${word(random)} `
  return line.slice(0, length).replace(/ $/, '.')
}
