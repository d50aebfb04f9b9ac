import { defineConfig } from 'vitest/config'

/** One project a package, run from sources, and one for what crosses packages (test/). */
const packages = ['codec', 'server', 'client', 'mailbox', 'cli']

export default defineConfig({
  ssr: { resolve: { conditions: ['@pop3kit/source', 'node', 'import', 'module', 'default'] } },
  test: {
    projects: [
      ...packages.map((name) => ({
        extends: true as const,
        test: { name, root: `packages/${name}`, include: ['src/**/*.test.ts'] },
      })),
      { extends: true as const, test: { name: 'integration', root: 'test', include: ['**/*.test.ts'] } },
    ],
  },
})
