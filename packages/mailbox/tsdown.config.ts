import { defineConfig, type UserConfig } from 'tsdown'
import { dual } from '../../tsdown.base.ts'

/** The ready mailboxes go into the package as they are. */
const config: UserConfig = defineConfig({
  ...dual,
  clean: ['dist', 'fixtures'],
  copy: { from: '../../fixtures/mailboxes', to: 'fixtures' },
})

export default config
