import { expect, test } from 'vitest'
import { clients } from './clients.ts'
import { disagreements, documentOf, rowsIn } from './document.ts'
import type { Row } from './row.ts'

const mpop: Row = { client: 'mpop', version: '1.4.18', 'in clear': 'SCRAM-SHA-256', 'edge cases': '28 of 28' }
const page = new Map([[mpop.client, mpop]])

test('The rows of a page are those that it was made of, without the cells that nobody has seen', () => {
  expect(rowsIn(documentOf(clients, page))).toEqual(page)
})

test('A page without a table has no rows', () => {
  expect(rowsIn('').size).toBe(0)
})

test('A page has a note on every client', () => {
  for (const { name } of clients) expect(documentOf(clients, page)).toContain(`### ${name}\n`)
})

test('A client that does otherwise than the page says is a problem', () => {
  expect(disagreements([{ ...mpop, 'edge cases': '27 of 28' }], page)).toEqual({
    problems: ['mpop 1.4.18: edge cases: "27 of 28" instead of "28 of 28"'],
    remarks: [],
  })
})

test('Another version of a client that does otherwise is worth a remark', () => {
  expect(disagreements([{ ...mpop, version: '1.4.20', 'in clear': 'SCRAM-SHA-1' }], page)).toEqual({
    problems: [],
    remarks: ['mpop 1.4.20: in clear: "SCRAM-SHA-1" instead of "SCRAM-SHA-256"'],
  })
})

test('What was not tried does not disagree', () => {
  const seen: Row[] = [{ client: 'mpop', version: '1.4.18', STLS: 'PLAIN' }]
  expect(disagreements(seen, page)).toEqual({ problems: [], remarks: [] })
})
