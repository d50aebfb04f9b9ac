import { expect, test } from 'vitest'
import { markdownTable, rowsOf } from './markdown-table.ts'

test('cells of a column have one width', () => {
  expect(
    markdownTable(
      ['', 'name'],
      [
        ['1', 'a'],
        ['22', 'longer'],
      ],
    ),
  ).toBe('|     | name   |\n| --- | ------ |\n| 1   | a      |\n| 22  | longer |')
})

test('a page gives back the rows of its tables', () => {
  const tables = [markdownTable(['', 'name'], [['1', 'a']]), markdownTable(['id'], [['2'], ['3']])]
  expect(rowsOf(`# Title\n\n${tables.join('\n\n')}\n`)).toEqual([{ '': '1', name: 'a' }, { id: '2' }, { id: '3' }])
  expect(rowsOf('No table')).toEqual([])
})
