import { expect, test } from 'vitest'
import { markdownTable } from './markdown-table.ts'

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
