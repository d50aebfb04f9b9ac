import { expect, test } from 'vitest'
import { codeBlocksOf } from './code-blocks.ts'

test('A page gives its blocks with the line of their code, their language and who runs them', () => {
  const page =
    '# Title\n\n<!-- consumer: jest -->\n\n```js\nfirst()\n```\n\n- item\n  ```ts no-run needs a real server\n  second()\n  ```\n'
  expect(codeBlocksOf('page.md', page)).toEqual([
    {
      file: 'page.md',
      line: 6,
      language: 'js',
      noRun: undefined,
      consumer: 'jest',
      from: undefined,
      code: 'first()\n',
    },
    {
      file: 'page.md',
      line: 11,
      language: 'ts',
      noRun: 'needs a real server',
      consumer: undefined,
      from: undefined,
      code: 'second()\n',
    },
  ])
})

test('A source file gives the blocks of its doc comments, with lines as in the file', () => {
  const source =
    '/**\n * Counts.\n * @example Count\n * ```ts\n * if (x) {\n *   count()\n * }\n * ```\n */\nexport const a = 1\n'
  expect(codeBlocksOf('a.ts', source)).toMatchObject([{ line: 5, language: 'ts', code: 'if (x) {\n  count()\n}\n' }])
})
