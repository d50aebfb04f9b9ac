export { dual as default } from '../../tsdown.base.ts'
