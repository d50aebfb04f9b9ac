import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command } from './command.ts'
import { fixture } from './fixture.test-support.ts'
import { workspace } from './workspace.ts'

test('A report has what passed, what failed, what was skipped and why, and the file that did not load', async () => {
  const reporter = JSON.stringify(join(workspace, 'scripts/lib/vitest-reporter.ts'))
  const root = fixture({
    'vitest.config.ts': `import { reportTo } from ${reporter}\nexport default { test: { reporters: [reportTo('report.json')] } }`,
    'a.test.ts': `import { test } from 'vitest'
      test('passes', () => {})
      test('fails', () => { throw new Error('wrong') })
      test('is skipped', ({ skip }) => skip('curl is missing'))`,
    'b.test.ts': `throw new Error('does not load')`,
  })
  expect(await command('vitest', ['run'], { cwd: root })).toMatchObject({ ok: false })
  expect(JSON.parse(readFileSync(join(root, 'report.json'), 'utf8'))).toEqual({
    passed: 1,
    failed: ['a.test.ts > fails', 'b.test.ts: does not load'],
    skipped: [{ title: 'a.test.ts > is skipped', reason: 'curl is missing' }],
  })
})
