export { esm as default } from '../../tsdown.base.ts'
