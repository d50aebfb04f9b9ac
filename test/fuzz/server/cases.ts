/** The space of cases. */
import { personaNames } from '@pop3kit/server'
import * as fc from 'fast-check'
import { type Case, type Leave, type Step, type Way, clients } from './case.ts'
import { faultyVerbs, utterance } from './lines.ts'
import { kinds, users } from '../maildrops.ts'

const client: fc.Arbitrary<number> = fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 1, ...Array(clients).keys())
const user: fc.Arbitrary<string> = fc.constantFrom(...users)

const send: fc.Arbitrary<Step> = fc.record({
  type: fc.constant('send' as const),
  client,
  octets: utterance,
  pieces: fc.constantFrom(0, 0, 0, 1, 2, 3, 7, 100),
  then: fc.constantFrom('go on', 'turn', 'settle'),
})

const ofClient = (type: 'deafen' | 'listen' | 'reset' | 'end' | 'secure'): fc.Arbitrary<Step> =>
  client.map((client) => ({ type, client }))

const ofUser = (type: 'lock' | 'unlock'): fc.Arbitrary<Step> => user.map((user) => ({ type, user }))

const prove = (mechanisms: readonly ('APOP' | 'CRAM-MD5' | 'SCRAM-SHA-1' | 'SCRAM-SHA-256')[]): fc.Arbitrary<Step> =>
  fc.record({
    type: fc.constant('prove' as const),
    client,
    mechanism: fc.constantFrom(...mechanisms),
    user,
    rightly: fc.boolean(),
  })

/** Minutes and seconds that personas may count. */
const wait: fc.Arbitrary<Step> = fc.constantFrom(
  ...[1, 1000, 5000, 61_000, 301_000, 601_000, 1_801_000].map((ms) => ({ type: 'wait' as const, ms })),
)

const deliver: fc.Arbitrary<Step> = fc.record({
  type: fc.constant('deliver' as const),
  user,
  body: fc.nat({ max: kinds - 1 }),
})

const expunge: fc.Arbitrary<Step> = fc.record({
  type: fc.constant('expunge' as const),
  user,
  position: fc.integer({ min: 1, max: 4 }),
})

const common: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 40, arbitrary: send },
  { weight: 3, arbitrary: ofClient('end') },
  { weight: 2, arbitrary: ofClient('reset') },
  { weight: 1, arbitrary: ofClient('deafen') },
  { weight: 1, arbitrary: ofClient('listen') },
  { weight: 3, arbitrary: deliver },
  { weight: 3, arbitrary: expunge },
  { weight: 1, arbitrary: ofUser('lock') },
  { weight: 2, arbitrary: ofUser('unlock') },
  { weight: 2, arbitrary: wait },
  { weight: 1, arbitrary: prove(['APOP', 'CRAM-MD5']) },
]

/** What takes milliseconds: it is left to the share of cases that are not played in bulk. */
const costly: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 6, arbitrary: ofClient('secure') },
  { weight: 2, arbitrary: prove(['SCRAM-SHA-1', 'SCRAM-SHA-256']) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('garble' as const), client, octets: utterance }),
  },
]

const leave: fc.Arbitrary<Leave> = fc.constantFrom('quit', 'quit', 'quit', 'end', 'reset', 'stay')

/** Cases in which clients come this way; `bulk` leaves out what takes long. */
export function cases(way: Way, cost: 'bulk' | 'all'): fc.Arbitrary<Case> {
  return fc.record({
    persona: fc.constantFrom(...personaNames),
    way: fc.constant(way),
    steps: fc.array(fc.oneof(...common, ...(cost === 'all' ? costly : [])), { minLength: 1, maxLength: 8 }),
    leaves: fc.array(leave, { minLength: clients, maxLength: clients }),
    faults: fc.oneof(
      { weight: 15, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(
          fc.record({
            verb: fc.constantFrom(...faultyVerbs),
            fault: fc.constantFrom('cut', 'slow', 'no terminator', 'refuse'),
          }),
          { maxLength: 3 },
        ),
      },
    ),
    probe: fc.nat({ max: 19 }).map((number) => number === 19),
  })
}
