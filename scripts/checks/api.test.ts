import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from '../lib/fixture.test-support.ts'
import { apiProblems } from './api.ts'

const documented = '/** Counts the octets of a message. */\nexport declare function count(message: string): number;\n'

function library(declarations: string): string {
  return fixture({
    'packages/lib/package.json': { name: '@pop3kit/lib', exports: { '.': './dist/index.mjs' } },
    'packages/lib/dist/index.d.mts': declarations,
  })
}

test('A change of the API fails until its report is accepted', () => {
  const root = library(documented)
  expect(apiProblems(root, false)).toEqual([expect.stringContaining('accept it with pnpm api --update')])
  expect(apiProblems(root, true)).toEqual([])
  expect(readFileSync(join(root, 'packages/lib/etc/lib.api.md'), 'utf8')).toContain('function count')
  writeFileSync(join(root, 'packages/lib/dist/index.d.mts'), documented.replace('number', 'bigint'))
  expect(apiProblems(root, false).join('\n')).toContain('+export function count(message: string): bigint')
})

test('A public symbol or member without documentation is an error, and so is one of what they refer to', () => {
  const problems = apiProblems(
    library(`${documented}
      export declare function size(): number;
      /** The size of a maildrop. */
      export interface Size { octets: number }
      /** The place where messages lie. */
      export declare class Maildrop { get messages(): number }
      interface Hidden {}
      /** Gives what nobody can name. */
      export declare function hidden(): Hidden;
      export {};`),
    true,
  )
  expect(problems).toEqual([
    expect.stringContaining('index.d.mts:4: Missing documentation for "size"'),
    expect.stringContaining('index.d.mts:6: Missing documentation for "octets"'),
    expect.stringContaining('index.d.mts:8: Missing documentation for "messages"'),
    expect.stringContaining('index.d.mts:9: Missing documentation for "Hidden"'),
  ])
})

test('An entry beside the package itself has a report of its own', () => {
  const exports = { '.': './dist/index.mjs', './vitest': './dist/vitest.mjs', './package.json': './package.json' }
  const root = fixture({
    'packages/lib/package.json': { name: '@pop3kit/lib', exports },
    'packages/lib/dist/index.d.mts': documented,
    'packages/lib/dist/vitest.d.mts': documented.replaceAll('count', 'weigh'),
  })
  expect(apiProblems(root, true)).toEqual([])
  expect(readFileSync(join(root, 'packages/lib/etc/lib.api.md'), 'utf8')).toContain('function count')
  expect(readFileSync(join(root, 'packages/lib/etc/lib-vitest.api.md'), 'utf8')).toContain('function weigh')
})
