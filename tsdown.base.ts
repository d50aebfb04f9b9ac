import { defineConfig, type UserConfig } from 'tsdown'

const common: UserConfig = {
  platform: 'node',
  target: 'node22.12',
  dts: { sourcemap: true },
  sourcemap: true,
  clean: true,
  // A dependency that only sources need the types of would stay in the published ones as a bare import, which compilers follow.
  treeshake: { moduleSideEffects: [{ external: true, sideEffects: false }] },
  logLevel: 'warn',
}

/** What Jest imports: ESM and CommonJS side by side. */
export const dual: UserConfig = defineConfig({ ...common, entry: ['src/index.ts'], format: ['esm', 'cjs'] })

/** What builds on something that is ESM only. */
export const esm: UserConfig = defineConfig({ ...common, entry: ['src/index.ts'], format: ['esm'] })

/** What only a person starts: the program, and the demo of a checkout, which is not published. */
export const program: UserConfig = defineConfig({
  ...common,
  entry: ['src/main.ts', 'src/demo.ts'],
  format: ['esm'],
  dts: false,
})
