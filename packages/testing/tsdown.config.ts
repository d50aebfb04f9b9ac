import { defineConfig, type UserConfig } from 'tsdown'
import { dual, esm } from '../../tsdown.base.ts'

/** Vitest is ESM only, and so is what imports it. */
const config: UserConfig[] = defineConfig([
  { ...dual, entry: ['src/{index,jest,jest-globals,node}.ts'] },
  { ...esm, entry: ['src/vitest.ts'], clean: false },
])

export default config
