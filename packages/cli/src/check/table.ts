/** A report for people: a line a check, and below each that fails what was said on the wire. */
import type { CheckResult, ConformanceReport, Outcome } from '@pop3kit/conformance'
import { styleText } from 'node:util'

/** How an outcome looks in the table, and in which colour on a terminal. */
const looks: Readonly<Record<Outcome, { readonly word: string; readonly style: Parameters<typeof styleText>[0] }>> = {
  pass: { word: 'pass', style: 'green' },
  fail: { word: 'FAIL', style: 'red' },
  'not offered': { word: 'not offered', style: 'dim' },
  'not testable': { word: 'not testable', style: 'dim' },
}

/** The lines of a table. */
export function tableOf({ server, results, totals }: ConformanceReport, style: typeof styleText): string[] {
  const width = Math.max(...results.map(({ id }) => id.length), 0)
  return [
    `${server.host}:${server.port}  ${server.greeting}`,
    '',
    ...results.flatMap((result) => rowsOf(result, width, style)),
    '',
    Object.entries(totals)
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(', '),
  ]
}

function rowsOf(result: CheckResult, width: number, style: typeof styleText): string[] {
  const { requirement, id, outcome, level, title, reason, excerpt } = result
  const { word, style: colour } = looks[outcome]
  const head = `${requirement.padEnd(3)}  ${id.padEnd(width)}  ${style(colour, word.padEnd(12))}  ${level.padEnd(6)}  ${title}`
  const indent = ' '.repeat(5)
  if (outcome === 'pass') return [head]
  if (outcome !== 'fail') return [head, style('dim', `${indent}${reason}`)]
  return [head, style('red', `${indent}${reason}`), ...excerpt.map((line) => `${indent}  ${line}`)]
}
