import type { CheckResult, ConformanceReport, Outcome } from '@pop3kit/conformance'
import { expect, test } from 'vitest'
import { columnOf, outcomeOf } from './column.ts'

const report = (outcomes: Readonly<Record<string, Outcome>>): ConformanceReport => ({
  server: { host: 'h', port: 1, greeting: '+OK hi', capabilities: { clear: [], tls: [], transaction: [] } },
  results: Object.entries(outcomes).map(([id, outcome]): CheckResult => {
    const reason = outcome === 'pass' ? undefined : `${id} is ${outcome}`
    return { id, requirement: 'R1', level: 'MUST', title: id, needs: [], outcome, reason, excerpt: ['S: +OK'], ms: 1 }
  }),
  totals: { pass: 0, fail: 0, 'not offered': 0, 'not testable': 0 },
  conforms: true,
})

test('what fails in one way fails, with its excerpt; what passes in one way passes', () => {
  const inClear = report({ a: 'pass', b: 'not testable', c: 'not offered', d: 'pass' })
  const underTls = report({ a: 'fail', b: 'pass', c: 'not testable', d: 'not offered' })
  expect(columnOf([inClear, underTls])).toEqual({
    greeting: '+OK hi',
    checks: {
      a: { outcome: 'fail', reason: 'a is fail', excerpt: ['S: +OK'] },
      b: { outcome: 'pass' },
      c: { outcome: 'not offered', reason: 'c is not offered' },
      d: { outcome: 'pass' },
    },
  })
})

test('a requirement fails with one of its checks, and passes with one when none fails', () => {
  const checks = report({ a: 'pass', b: 'pass' }).results
  const outcome = (a: Outcome, b: Outcome): Outcome | undefined =>
    outcomeOf(1, checks, { greeting: '', checks: { a: { outcome: a }, b: { outcome: b } } })
  expect(outcome('pass', 'fail')).toBe('fail')
  expect(outcome('not testable', 'pass')).toBe('pass')
  expect(outcome('not testable', 'not offered')).toBe('not offered')
  expect(outcomeOf(2, checks, { greeting: '', checks: {} })).toBeUndefined()
})
