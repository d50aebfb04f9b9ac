/** The client under random and mutated replies: what `pnpm fuzz --of client` plays. */
import type { Subject } from '../campaign.ts'
import type { Case } from './case.ts'
import { anyPeer, anyServer, cases } from './cases.ts'
import { examine } from './examine.ts'
import { strike } from './server-world.ts'

export const client: Subject<Case> = {
  counted: 'replies',
  shares: [
    { percent: 60, cases: cases(anyPeer) },
    { percent: 30, cases: cases(anyServer('memory')) },
    { percent: 2, cases: cases(anyPeer, 'all') },
    { percent: 3, cases: cases(anyServer('memory'), 'all') },
    { percent: 2, cases: cases(anyServer('starttls'), 'all') },
    { percent: 2, cases: cases(anyServer('tcp'), 'all') },
    { percent: 1, cases: cases(anyServer('tls'), 'all') },
  ],
  examine,
  describe: ({ source, steps, ...opening }) => [
    JSON.stringify(opening),
    ...(source.type === 'peer'
      ? [`pipelining: ${source.pipelining}`, ...source.answers.map((answer) => JSON.stringify(answer))]
      : [`persona ${source.persona}, over ${source.way}`, ...source.misbehaviours.map((each) => JSON.stringify(each))]),
    ...steps.map((step) => JSON.stringify(step)),
  ],
  strike,
}
