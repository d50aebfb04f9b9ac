/** Faults of line ends (RFC 1939 section 3: CRLF). */
import { concatOctets } from '@pop3kit/codec'
import type { DeliveryTransform, Step } from '../reply/delivery.ts'
import { word } from './arguments.ts'
import { type FaultMaker, changingOctets, defineFault, toldOnce } from './fault.ts'

const [LF, CR] = [0x0a, 0x0d]

/**
 * Ends every line of a reply with LF or with CR alone. Whole sessions with bare LF are M7; at `pop3.any` and `pop3.greeting` it is one.
 */
export const lineEnds: FaultMaker<[end: 'lf' | 'cr']> = defineFault(
  'lineEnds',
  [word('an end of line', 'lf', 'cr')],
  (end) => changingOctets(end === 'lf' ? withoutCr : withoutLf),
)

/** Leaves out each CR before an LF. */
function withoutCr(effect: Step): DeliveryTransform {
  return async function* (steps) {
    const tell = toldOnce(effect)
    let held: Uint8Array = new Uint8Array()
    for await (const step of steps) {
      if (step.type !== 'write') {
        yield step
        continue
      }
      const octets = concatOctets([held, step.octets])
      // What follows it shows in the next write.
      const end = octets.at(-1) === CR ? octets.length - 1 : octets.length
      held = octets.slice(end)
      const kept = octets.subarray(0, end).filter((octet, index) => octet !== CR || octets[index + 1] !== LF)
      if (kept.length < end) yield* tell()
      yield { ...step, octets: kept }
    }
    if (held.length > 0) yield { type: 'write', part: 'body', octets: held }
  }
}

/** Leaves out each LF behind a CR. */
function withoutLf(effect: Step): DeliveryTransform {
  return async function* (steps) {
    const tell = toldOnce(effect)
    let before: number | undefined
    for await (const step of steps) {
      if (step.type !== 'write') {
        yield step
        continue
      }
      const { octets } = step
      const kept = octets.filter((octet, index) => octet !== LF || (index === 0 ? before : octets[index - 1]) !== CR)
      before = octets.at(-1) ?? before
      if (kept.length < octets.length) yield* tell()
      yield { ...step, octets: kept }
    }
  }
}
