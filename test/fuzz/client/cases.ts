/** The space of cases. */
import { personaNames } from '@pop3kit/server'
import * as fc from 'fast-check'
import { answer } from './answers.ts'
import {
  type Call,
  type Case,
  type Login,
  type Mechanism,
  type Misbehaviour,
  type Reading,
  type Source,
  type Step,
  type Way,
  endless,
} from './case.ts'
import { faultForm, oneOf } from './faults.ts'
import { contents } from './mailbox.ts'

const number: fc.Arbitrary<number> = fc.integer({ min: 1, max: contents.length + 1 })

const cheap: readonly Mechanism[] = [
  ...Array<Mechanism>(10).fill('USER'),
  ...(['PLAIN', 'PLAIN', 'LOGIN', 'APOP', 'CRAM-MD5', 'XOAUTH2', 'OAUTHBEARER'] as const),
]

const loginBy = (mechanisms: readonly Mechanism[]): fc.Arbitrary<Login> =>
  fc.record({ mechanism: fc.constantFrom(...mechanisms), rightly: fc.nat({ max: 7 }).map((number) => number < 7) })

const reading: fc.Arbitrary<Reading> = fc.record({
  pause: fc.constantFrom(0, 0, 10, 40_000),
  after: fc.constantFrom(0, 1, 2, 5, endless, endless),
  then: fc.constantFrom('leave', 'vanish'),
})

const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ verb: fc.constantFrom('RETR' as const, 'RETR' as const, 'DELE' as const), number }),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(number, reading).map(([number, reading]) => ({ verb: 'stream' as const, number, ...reading })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constant('messages' as const),
      by: fc.constantFrom('bytes', 'bytes', 'stream', 'nothing'),
      mark: fc.boolean(),
      after: fc.constantFrom(1, 3, endless, endless),
      then: fc.constantFrom('leave', 'vanish'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constantFrom('LIST' as const, 'UIDL' as const),
      number: fc.option(number, { nil: undefined, freq: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('TOP' as const), number, lines: fc.nat({ max: 3 }) }) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('CAPA', 'STAT', 'STAT', 'NOOP', 'NOOP', 'RSET', 'QUIT', 'QUIT', 'LANG', 'UTF8', 'close')
      .map((verb) => ({ verb })),
  },
  { weight: 1, arbitrary: number.map((number) => ({ verb: 'forget' as const, number })) },
  { weight: 1, arbitrary: loginBy(cheap).map((login) => ({ verb: 'login' as const, login })) },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 15,
    arbitrary: fc.record({
      type: fc.constant('call' as const),
      call,
      wait: fc.boolean(),
      timeout: fc.constantFrom(undefined, undefined, undefined, undefined, 50, 5000),
      abort: fc.oneof(
        { weight: 12, arbitrary: fc.constant(undefined) },
        {
          weight: 4,
          arbitrary: fc.constantFrom('before' as const, 'at once' as const, 'at once' as const, 0, 10, 3000),
        },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.constantFrom(1, 1000, 100_000, 700_000) }),
  },
)

const verbs = 'USER,PASS,APOP,AUTH,CAPA,STAT,LIST,UIDL,RETR,RETR,RETR,TOP,DELE,QUIT,RSET,NOOP,STLS'.split(',')
const points = ['any', 'any', 'greeting', 'connection', 'tls', 'response', 'idle', 'close']

/** Faults that do nothing but at some places. */
const homes: readonly (readonly [place: string, faults: readonly string[]])[] = [
  ['LIST', ['rows', 'sizes']],
  ['UIDL', ['rows', 'uids']],
  ['STAT', ['total']],
  ['CAPA', ['capabilities']],
  ['TOP', ['whole', 'truncate']],
  ['AUTH', ['challenge']],
  ['response', ['challenge']],
  ['QUIT', ['keep']],
  ['tls', ['tls']],
]

const misbehaviour = (way: Way): fc.Arbitrary<Misbehaviour> => {
  const options = fc.constantFrom({}, { once: true }, { nth: 2 }, { nth: 3 })
  const anywhere = fc.record({
    place: fc.constantFrom(...verbs, ...verbs, ...points),
    faults: fc.array(faultForm(way), { minLength: 1, maxLength: 2 }),
    options,
  })
  const atHome = homes.map(([place, names]) =>
    fc.record({ place: fc.constant(place), faults: fc.tuple(oneOf(names)), options }),
  )
  return fc.oneof({ weight: 3 * homes.length, arbitrary: anywhere }, ...atHome)
}

/** Somebody who says anything. */
export const anyPeer: fc.Arbitrary<Source> = fc.record({
  type: fc.constant('peer' as const),
  pipelining: fc.boolean(),
  // Few, so that there is much behind them.
  answers: fc.array(answer, { maxLength: 4 }),
})

/** A server that misbehaves, over this way. */
export function anyServer(way: Way): fc.Arbitrary<Source> {
  return fc.record({
    type: fc.constant('server' as const),
    persona: fc.constantFrom(...personaNames),
    way: fc.constant(way),
    misbehaviours: fc.array(misbehaviour(way), { maxLength: 3 }),
  })
}

/** Cases with this source; `costly` adds the mechanisms that take milliseconds. */
export function cases(source: fc.Arbitrary<Source>, cost: 'bulk' | 'all' = 'bulk'): fc.Arbitrary<Case> {
  const mechanisms: readonly Mechanism[] =
    cost === 'bulk' ? cheap : [...cheap, 'best', 'best', 'SCRAM-SHA-1', 'SCRAM-SHA-256']
  return fc.record({
    source,
    connect: fc.boolean(),
    utf8: fc.nat({ max: 9 }).map((number) => number === 9),
    login: fc.option(loginBy(mechanisms), { nil: undefined, freq: 12 }),
    capa: fc.boolean(),
    steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  })
}
