import { type ViteUserConfig, defineConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  ssr: { resolve: { conditions: ['@pop3kit/source', 'node', 'import', 'module', 'default'] } },
  test: { root: import.meta.dirname, include: ['failing.vitest.ts'] },
})

export default config
