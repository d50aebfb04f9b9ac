import { expect, test } from 'vitest'
import { fixture } from '../lib/fixture.test-support.ts'
import { exampleProblems, examplesOf } from './examples.ts'

const fence = '```'
const sound = "import assert from 'node:assert/strict'\nassert.equal(1 + 1, 2)"

/** A page of one example a block. */
async function problemsOf(...blocks: string[]): Promise<string> {
  const root = fixture({ 'README.md': blocks.map((block) => `${fence}${block}\n${fence}\n`).join('\n') })
  return (await exampleProblems(root, examplesOf(root))).join('\n')
}

test('Examples that run in Node, as ES module or CommonJS, and in Vitest pass', async () => {
  const inVitest = "import { expect, test } from 'vitest'\ntest('adds', () => expect(1 + 1).toBe(2))"
  const commonJs = "const assert = require('node:assert')\nassert.equal(1 + 1, 2)"
  expect(await problemsOf(`ts\n${sound}`, `js\n${sound}`, `js\n${commonJs}`, `ts\n${inVitest}`)).toBe('')
})

test('An example that throws fails at its line of the page', async () => {
  expect(await problemsOf(`ts\n${sound}\nassert.equal(1, 2)`)).toMatch(/README\.md:4/)
})

test('An example whose test fails in Vitest fails', async () => {
  const source = "import { expect, test } from 'vitest'\ntest('adds', () => expect(1 + 1).toBe(3))"
  expect(await problemsOf(`ts\n${source}`)).toMatch(/expected 2 to be 3/)
})

test('An example that does not type-check fails at its line of the page', async () => {
  expect(await problemsOf(`ts\n${sound}\nconst n: number = 'one'\nassert.ok(n)`)).toMatch(
    /README\.md\(4,7\): error TS2322/,
  )
})

test('An example that asserts nothing fails', async () => {
  expect(await problemsOf('ts\nconsole.log(1)')).toBe('README.md:2: the example asserts nothing')
})

test('An example that is not run needs a reason', async () => {
  expect(await problemsOf('ts no-run needs an account\nthrow 1', `ts\n${sound}`)).toBe('')
  expect(await problemsOf('ts no-run\nthrow 1', `ts\n${sound}`)).toMatch(/README\.md:2: .*say why/)
})

test('An example that quotes a file is held to it, and not run', async () => {
  const run = `${fence}ts\n${sound}\n${fence}\n`
  const page = (code: string): string => `<!-- from: greet.ts -->\n\n${fence}ts\n${code}${fence}\n\n${run}`
  const right = fixture({ 'greet.ts': 'greet()\n', 'README.md': page('greet()\n') })
  expect(await exampleProblems(right, examplesOf(right))).toEqual([])
  const wrong = fixture({ 'greet.ts': 'greet()\n', 'README.md': page('leave()\n') })
  expect((await exampleProblems(wrong, examplesOf(wrong))).join('\n')).toMatch(
    /README\.md:4: is not what greet\.ts says/,
  )
})
