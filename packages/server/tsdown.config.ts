import { defineConfig, type UserConfig } from 'tsdown'
import { dual } from '../../tsdown.base.ts'

const config: UserConfig = defineConfig({ ...dual, entry: ['src/{index,redirect}.ts'] })

export default config
