/** What makes each check fail. */
import type { Break } from '../mock.ts'
import { authorization } from './authorization.ts'
import { capabilities } from './capabilities.ts'
import { framing } from './framing.ts'
import { sasl } from './sasl.ts'
import { tls } from './tls.ts'
import { transaction } from './transaction.ts'
import { utf8Lang } from './utf8-lang.ts'

export const breaks: Readonly<Record<string, Break>> = {
  ...framing,
  ...authorization,
  ...transaction,
  ...capabilities,
  ...tls,
  ...sasl,
  ...utf8Lang,
}
