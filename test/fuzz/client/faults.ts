/** The catalogue of faults as the fuzz plays it: with which arguments, and what a client cannot see of it. */
import type { FaultForm, fault } from '@pop3kit/server'
import * as fc from 'fast-check'
import type { Way } from './case.ts'
import { password } from './mailbox.ts'

/**
 * What a fault may do to a message that the client returns as whole: nothing; `behind`: the replies behind it may be taken for it, or for
 * one another, when commands are sent without waiting; `anything`: other octets, or the reply to another command, and by the letter of
 * RFC 1939 no client can know it.
 */
export type Harm = 'none' | 'behind' | 'anything'

interface Kind {
  readonly args: fc.Arbitrary<readonly unknown[]>
  readonly harm: Harm | ((...args: readonly unknown[]) => Harm)
}

const position: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom('start', 'status', 'terminator', 'end'),
  fc.nat({ max: 200 }).map((octet) => ({ octet })),
  fc.nat({ max: 6 }).map((line) => ({ line })),
  fc.nat({ max: 3 }).map((terminator) => ({ terminator })),
)

const one = (...values: readonly unknown[]): fc.Arbitrary<readonly unknown[]> =>
  fc.constantFrom(...values).map((value) => [value])
const at: fc.Arbitrary<readonly unknown[]> = fc.tuple(position)
const nothing: fc.Arbitrary<readonly unknown[]> = fc.constant([])
const duration: fc.Arbitrary<unknown> = fc.constantFrom(1, 200, '2s', '30s', '2m')

/** Every fault there is. */
const kinds: { readonly [Name in keyof typeof fault]: Kind } = {
  err: {
    args: fc.constantFrom([], [''], [`not ${password}`], ['busy', { code: 'IN-USE' }], ['no', { code: 'SYS/TEMP' }]),
    harm: 'none',
  },
  // What says `+OK` and is not of several lines takes the replies behind it for its body; what says `+ERR` does no harm.
  status: { args: one('+ok', '+ERR', '+OK', 'OK', '+', '-ERR', ''), harm: 'anything' },
  duplicate: { args: one('status', 'reply'), harm: 'anything' },
  blankLine: { args: nothing, harm: 'none' },
  withhold: { args: nothing, harm: 'behind' },
  single: { args: nothing, harm: 'behind' },
  // Beside `single` it makes a message of a status line.
  multiLine: { args: nothing, harm: 'anything' },
  fail: { args: fc.tuple(position, fc.constantFrom('broken', password)), harm: 'anything' },
  text: { args: one('', '2 320', '1 x', `<1896.697170952@dbc.mtview.ca.us> ${password}`), harm: 'none' },
  terminator: {
    args: one('missing', 'bare-lf', 'cr-only', 'glued', 'early', 'twice', 'trailing-spaces'),
    // Behind a message that ends with an empty line the one that is glued is a terminator, and that line is lost.
    harm: (manner) => (manner === 'early' || manner === 'glued' ? 'anything' : manner === 'twice' ? 'none' : 'behind'),
  },
  stuffing: { args: one('skipped', 'doubled'), harm: 'anything' },
  interleave: { args: nothing, harm: 'behind' },
  lineEnds: { args: one('lf', 'cr'), harm: 'anything' },
  longLine: { args: one(80, 9000, 70_000), harm: 'anything' },
  insert: {
    args: fc.tuple(
      position,
      fc.constantFrom('.\r\n', '+OK\r\n', '-ERR x\r\n', '\0', password, { hex: '00ff0d' }, { hex: '0a' }),
    ),
    harm: 'anything',
  },
  extraLine: { args: nothing, harm: 'anything' },
  longStatus: { args: one(513, 8192, 8193, 70_000), harm: 'none' },
  truncate: { args: at, harm: 'anything' },
  whole: { args: nothing, harm: 'none' },
  split: { args: fc.array(position, { minLength: 1, maxLength: 3 }), harm: 'none' },
  chunks: { args: one(1, 2, 7, 100), harm: 'none' },
  apart: { args: one('crlf', 'cr-from-lf', 'terminator', 'lines'), harm: 'none' },
  coalesce: { args: one(2, 3), harm: 'behind' },
  slow: { args: fc.tuple(duration, position), harm: 'none' },
  slowBetween: { args: fc.constant([1, '30s', 'status']), harm: 'none' },
  slowLognormal: { args: one({ median: '1s', sigma: 1, max: '2m' }), harm: 'none' },
  drip: { args: one({ octets: 1, every: 20 }, { octets: 7, every: '1s' }, { octets: 400, every: '1s' }), harm: 'none' },
  bandwidth: { args: one(100, 2000, 1_000_000), harm: 'none' },
  stall: { args: at, harm: 'none' },
  refuse: { args: nothing, harm: 'none' },
  cut: { args: at, harm: 'none' },
  cutSilently: { args: at, harm: 'none' },
  reset: { args: at, harm: 'none' },
  halfClose: { args: at, harm: 'none' },
  hangUp: { args: nothing, harm: 'none' },
  total: { args: one({ messages: { add: 1 } }, { octets: { factor: -1 } }, { messages: 'x' }), harm: 'none' },
  sizes: { args: one({ lf: true }, { factor: 2 }, { round: 1024 }, 'x', '-1'), harm: 'none' },
  rows: {
    args: one('missing-number', 'missing-size', 'wrong-number', 'gaps', 'renumbered', 'ok-prefix', 'two-spaces'),
    harm: 'none',
  },
  uids: {
    args: one('duplicate', 'churn', 'reused', 'blank', 'long', 'spaces', 'missing', { duplicate: 2 }),
    harm: 'none',
  },
  arrive: { args: one('Subject: new\r\n\r\n.\r\n', { content: 'x', uid: 'y' }), harm: 'none' },
  vanish: { args: one(1, 2, 7), harm: 'none' },
  keep: { args: nothing, harm: 'none' },
  quota: { args: one(0, 200, 2000), harm: 'none' },
  capabilities: {
    args: one(
      { add: ['PIPELINING'] },
      { remove: ['PIPELINING'] },
      { only: ['SASL'] },
      { case: 'lower' },
      { add: ['SASL X'] },
    ),
    harm: 'none',
  },
  challenge: { args: one('+', '+OK', 'go ahead', '+ !'), harm: 'none' },
  tls: { args: one('stall', 'abort', 'plain', 'alert'), harm: 'none' },
}

/** Each of very many pieces takes a millisecond over TLS, or some where nobody can prove that the client has read it. */
const slowOverTls: ReadonlySet<string> = new Set(['chunks', 'apart'])

/** A fault of the catalogue, with arguments, as it can be played over this way in a short time. */
export function faultForm(way: Way): fc.Arbitrary<FaultForm> {
  const isPlayed = (name: string): boolean => way === 'memory' || way === 'tcp' || !slowOverTls.has(name)
  return oneOf(Object.keys(kinds).filter(isPlayed))
}

/** One of these faults, with arguments. */
export function oneOf(names: readonly string[]): fc.Arbitrary<FaultForm> {
  const known = Object.entries(kinds).filter(([name]) => names.includes(name))
  return fc.oneof(...known.map(([name, { args }]) => args.map((args) => ({ name, args }))))
}

export function harmOf({ name, args }: FaultForm): Harm {
  const { harm } = new Map<string, Kind>(Object.entries(kinds)).get(name) ?? { harm: 'anything' }
  return typeof harm === 'string' ? harm : harm(...args)
}
