/** Where a client came to something else with the mock than it was measured to, and why. */
import type { FaultName } from './faults.ts'
import { measured } from './measured.ts'

export interface Difference {
  readonly fault: FaultName
  readonly client: string
  /** What is seen instead. */
  readonly seen: string
  readonly why: string
}

export const differences: readonly Difference[] = [
  {
    fault: 'noterm-open',
    client: 'fetchmail',
    seen: 'hangs',
    why: 'it is ended here, and hands what it holds of message 4 to its delivery agent when it goes; there the agent was ended, too, and had 4096 octets',
  },
]

/** What is to be seen of a client. */
export function expected(fault: FaultName, client: string): string {
  const difference = differences.find((one) => one.fault === fault && one.client === client)
  return difference?.seen ?? measured[fault][client] ?? 'ok'
}
