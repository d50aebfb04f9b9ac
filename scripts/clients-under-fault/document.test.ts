import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workspace } from '../lib/workspace.ts'
import { clients } from './clients.ts'
import { differences, expected } from './differences.ts'
import { documentOf, machineIn, rowsIn, type Row } from './document.ts'
import { faultNames } from './faults.ts'
import { measured } from './measured.ts'

const rows = new Map<string, Row>([['mpop', { version: '1.4.18', 'noterm-close': 'SPINS at 100 % CPU' }]])

test('a page says what it was made of, and nothing of what nobody has seen', () => {
  const page = documentOf([], rows, 'a machine, 2 processors')
  expect(rowsIn(page).get('mpop')).toEqual(rows.get('mpop'))
  expect(rowsIn(page).get('curl')).toEqual({})
  expect(machineIn(page)).toBe('a machine, 2 processors')
})

test('the page has what is expected of each client under each fault', () => {
  const page = rowsIn(readFileSync(join(workspace, 'docs/clients-under-fault.md'), 'utf8'))
  for (const { name } of clients)
    for (const fault of faultNames)
      expect([name, fault, page.get(name)?.[fault]]).toEqual([name, fault, expected(fault, name)])
})

test('what is explained as different is different, and there once', () => {
  for (const { fault, client, seen } of differences) expect(measured[fault][client] ?? 'ok').not.toBe(seen)
  expect(new Set(differences.map(({ fault, client }) => `${fault} ${client}`)).size).toBe(differences.length)
})
