import { defineConfig, type UserConfig } from 'tsdown'
import { dual } from '../../tsdown.base.ts'

const both = ['index', 'jest', 'jest-globals', 'node']

/** Vitest is ESM only, and so is what imports it. */
const config: UserConfig[] = defineConfig([
  { ...dual, format: ['esm'], entry: [...both, 'vitest'].map((name) => `src/${name}.ts`) },
  { ...dual, format: ['cjs'], entry: both.map((name) => `src/${name}.ts`), clean: false, checks: { legacyCjs: false } },
])

export default config
