import { defineConfig, type UserConfig } from 'tsdown'
import { dual } from '../../tsdown.base.ts'

/** The catalogued misbehaviour goes into the package as it is. */
const config: UserConfig = defineConfig({
  ...dual,
  clean: ['dist', 'fixtures'],
  copy: { from: '../../fixtures/scenarios', to: 'fixtures' },
})

export default config
