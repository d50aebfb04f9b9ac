import { expect, test } from 'vitest'
import { codeBlocksOf, type CodeBlock } from '../lib/code-blocks.ts'
import { suitesOf } from './suites.ts'

function blocks(file: string, ...consumers: readonly string[]): CodeBlock[] {
  const text = consumers.map((consumer) => `<!-- consumer: ${consumer} -->\n\n\`\`\`js\ntest()\n\`\`\`\n`)
  return codeBlocksOf(file, text.join('\n'))
}

test('A suite is taken from the page as printed, for the project that its comment names', () => {
  const examples = [...blocks('README.md', 'vitest', 'jest'), ...blocks('docs/tls.md', 'jest')]
  expect(Object.fromEntries(suitesOf(['jest', 'vitest', 'entries'], examples))).toEqual({
    vitest: { 'README.md-4.spec.js': 'test()\n' },
    jest: { 'README.md-10.spec.js': 'test()\n', 'docs-tls.md-4.spec.js': 'test()\n' },
  })
})

test('A first page without a quick start fails, and so does a suite for nobody', () => {
  expect(() => suitesOf(['jest'], [...blocks('README.md', 'jest'), ...blocks('docs/a.md', 'vitest')])).toThrow(
    'README.md has no quick start behind <!-- consumer: vitest -->',
  )
  expect(() => suitesOf(['jest', 'vitest'], blocks('README.md', 'jest', 'vitest', 'mocha'))).toThrow(
    'README.md:16: there is no consumer "mocha"; expected one of jest, vitest',
  )
})
