/** What a peer says that is bound to nothing: honest replies that are spoilt, and what looks like replies. */
import * as fc from 'fast-check'
import type { Answer, Slip } from './case.ts'
import { secrets } from './mailbox.ts'

/** What replies are made of, and what does not belong there. */
const scraps: readonly string[] = [
  ...'|\0|\r|\n|\r\n|.|..|.\r\n|\r\n.\r\n|\n.\n|\r.\r|.\n|\r\n..\r\n|\r\r\n|\n\r\n|+OK|-ERR|+|+OK\r\n|-ERR x\r\n|+ \r\n'.split(
    '|',
  ),
  ...'+OK 7 1\r\n|+ERR\r\n|+ok | |\t|\xFF\xFE|\xC3|1 |1 2\r\n|9999999999999999999 1|-1|uid-1|PIPELINING\r\n|SASL '.split(
    '|',
  ),
  ...'r=,s=,i=0|\x16\x03\x01|='.split('|'),
  ...secrets.flatMap((secret) => [secret, `-ERR not ${secret}\r\n`]),
]

/** What begins or ends lines and bodies. */
const borders = '\r\n.\r\n|\n.\n|\r.\r|\n.\r\n|\r\n.\n|\r\n.\rx|\r\n.|\r\n..\r\n|.\r\n|\r\n|\n|\r'.split('|')

const slip: fc.Arbitrary<Slip> = fc.record({
  at: fc.oneof(fc.noBias(fc.nat({ max: 60 })), fc.integer({ min: -8, max: -1 }), fc.constantFrom(0, 300, 20_000)),
  length: fc.constantFrom(0, 0, 0, 1, 2, 3, 30, 100_000),
  text: fc.oneof(fc.constantFrom(...scraps), fc.constantFrom(...borders)),
  times: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 2, 40),
})

/** More of one line, or of nothing, than anybody should take in. */
const flood: fc.Arbitrary<Slip> = fc.record({
  at: fc.constantFrom(0, 3, 10, 40),
  length: fc.constant(0),
  text: fc.constantFrom('x', ' ', '\0', '.', '+OK'),
  times: fc.constantFrom(600, 9000, 70_000, 400_000),
})

/** Sounds that are nearly a reply, or are none. */
const soup: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...scraps), { minLength: 1, maxLength: 8 }).map((all) => all.join('')),
  fc.uint8Array({ maxLength: 40 }).map((octets) => Buffer.from(octets).toString('latin1')),
)

const places: readonly string[] =
  'greeting,USER,PASS,PASS,AUTH,AUTH,response,CAPA,CAPA,RETR,RETR,RETR,RETR,RETR,TOP,LIST,LIST,UIDL,UIDL,STAT,NOOP,DELE,DELE,RSET,QUIT'.split(
    ',',
  )

export const answer: fc.Arbitrary<Answer> = fc.record({
  place: fc.constantFrom(...places),
  nth: fc.constantFrom(0, 0, 0, 1, 2),
  instead: fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: soup }),
  slips: fc.oneof(
    { weight: 30, arbitrary: fc.constant([]) },
    { weight: 20, arbitrary: fc.array(slip, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.tuple(flood) },
  ),
  pieces: fc.constantFrom(0, 0, 0, 1, 2, 3, 7, 100, 4096),
  delay: fc.constantFrom(...Array<number>(12).fill(0), 5, 1000, 40_000),
  then: fc.constantFrom(...Array<'go on'>(40).fill('go on'), 'end', 'reset', 'silence'),
})
