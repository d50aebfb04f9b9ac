/** What a peer hears in each scenario of the catalogue, by its number. */
import { capabilities } from './capabilities.ts'
import { framing } from './framing.ts'
import { lifeCycle } from './life-cycle.ts'
import { login } from './login.ts'
import { numbers } from './numbers.ts'
import type { Conversation } from './peer.ts'

export const conversations: Readonly<Record<number, Conversation>> = {
  ...framing,
  ...numbers,
  ...capabilities,
  ...login,
  ...lifeCycle,
}
