import { expect, test } from 'vitest'
import { codeBlocksOf } from './code-blocks.ts'
import { fixture } from './fixture.test-support.ts'
import { misquotation } from './quotations.ts'

const source =
  'before()\n// #region first\none()\n// #endregion\n  // #region second\n  if (x) {\n    two()\n  }\n  // #endregion\n'

function problemOf(from: string, code: string): string {
  const root = fixture({ 'worker/src/a.ts': source })
  const blocks = codeBlocksOf('page.md', `<!-- from: ${from} -->\n\n\`\`\`ts\n${code}\`\`\`\n`)
  return blocks.flatMap((block) => misquotation(root, block)).join('\n')
}

test('What stands between the marks of a region may be quoted, without its indentation', () => {
  expect(problemOf('worker/src/a.ts#first', 'one()\n')).toBe('')
  expect(problemOf('worker/src/a.ts#second', 'if (x) {\n  two()\n}\n')).toBe('')
})

test('A whole file may be quoted', () => {
  expect(problemOf('worker/src/a.ts', source)).toBe('')
})

test('Other words are told with those of the file', () => {
  expect(problemOf('worker/src/a.ts#first', 'once()\n')).toBe(
    'page.md:4: is not what worker/src/a.ts#first says, which is\none()\n',
  )
})

test('A file or a region that is not there is told', () => {
  expect(problemOf('worker/src/b.ts#first', 'one()\n')).toBe(
    'page.md:4: quotes "worker/src/b.ts", which does not exist',
  )
  expect(problemOf('worker/src/a.ts#third', 'one()\n')).toBe(
    'page.md:4: quotes "third", which is no region of worker/src/a.ts',
  )
})
