import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { reportTo } from './scripts/lib/vitest-reporter.ts'

/** One project a package, run from sources; one for what crosses packages (test/), one for the checks themselves (scripts/). */
const packages = readdirSync(join(import.meta.dirname, 'packages'))

/** The examples have the built packages, as users do. Those without a project here are tested with Jest. */
const examples = ['ingestion-worker', 'oauth-worker']

/**
 * Under a package script, the results go to reports/<script>.json of that package, too, where scripts/tally.ts counts them, and half of
 * the processors are left to what turbo runs beside.
 */
const script = process.env['npm_lifecycle_event']
const underScript =
  script === undefined
    ? {}
    : { reporters: ['default', reportTo(join(process.cwd(), 'reports', `${script}.json`))], maxWorkers: '50%' }

export default defineConfig({
  ssr: { resolve: { conditions: ['@pop3kit/source', 'node', 'import', 'module', 'default'] } },
  test: {
    ...underScript,
    // For what hangs. A test on a machine that is busy may take long and be right.
    testTimeout: 30_000,
    projects: [
      ...packages.map((name) => ({
        extends: true as const,
        test: { name, root: `packages/${name}`, include: ['src/**/*.test.ts'] },
      })),
      ...examples.map((name) => ({ test: { name, root: `examples/${name}`, include: ['src/**/*.test.ts'] } })),
      { extends: true as const, test: { name: 'integration', root: 'test', include: ['**/*.test.ts'] } },
      {
        extends: true as const,
        test: { name: 'scripts', root: 'scripts', include: ['**/*.test.ts'] },
      },
    ],
  },
})
