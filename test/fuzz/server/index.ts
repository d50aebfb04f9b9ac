/** The server under random and mutated command streams: what `pnpm fuzz` plays unless it is told otherwise. */
import type { Subject } from '../campaign.ts'
import type { Case } from './case.ts'
import { cases } from './cases.ts'
import { examine } from './examine.ts'
import { strike } from './stage.ts'

export const server: Subject<Case> = {
  counted: 'streams',
  shares: [
    { percent: 92, cases: cases('memory', 'bulk') },
    { percent: 4, cases: cases('memory', 'all') },
    { percent: 2, cases: cases('tcp', 'all') },
    { percent: 2, cases: cases('tls', 'all') },
  ],
  examine,
  describe: ({ persona, way, steps, leaves, faults, probe }) => [
    `persona ${persona}, over ${way}`,
    ...steps.map((step) => JSON.stringify(step)),
    `leaves: ${leaves.join(', ')}; faults: ${JSON.stringify(faults)}; probe: ${probe}`,
  ],
  strike,
}
