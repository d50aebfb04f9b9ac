/** Faults of dot-stuffing (RFC 1939 section 3). */
import { concatOctets, encodeLatin1 } from '@pop3kit/codec'
import type { DeliveryTransform, Step } from '../reply/delivery.ts'
import { word } from './arguments.ts'
import { type FaultMaker, changingOctets, defineFault, toldOnce } from './fault.ts'

const [LF, DOT] = [0x0a, 0x2e]

/**
 * Stuffs the lines of a body that begin with a dot wrongly. `skipped`: not at all, so that a line of one dot ends the message early and its rest
 * is read as the next reply (M5; hMailServer did it to TOP alone, M6). `doubled`: twice, so that one dot too many is left.
 */
export const stuffing: FaultMaker<[manner: 'skipped' | 'doubled']> = defineFault(
  'stuffing',
  [word('the manner of dot-stuffing', 'skipped', 'doubled')],
  (manner) => changingOctets((effect) => withDots(manner === 'skipped' ? '' : '..', effect)),
)

/** Puts something in place of the stuffing of each line. */
function withDots(text: '' | '..', effect: Step): DeliveryTransform {
  const dots = encodeLatin1(text)
  const tell = toldOnce(effect)
  let isLineStart = true
  return async function* (steps) {
    for await (const step of steps) {
      if (step.type !== 'write' || step.part !== 'body') {
        yield step
        continue
      }
      let from = 0
      for (let start = 0; start < step.octets.length; start = nextLine(step.octets, start)) {
        if (isLineStart && step.octets[start] === DOT) {
          yield { ...step, octets: concatOctets([step.octets.subarray(from, start), dots]) }
          yield* tell()
          from = start + 1
        }
        isLineStart = true
      }
      if (step.octets.length > 0) isLineStart = step.octets.at(-1) === LF
      yield { ...step, octets: step.octets.subarray(from) }
    }
  }
}

/** Where the next line begins, or the end. */
function nextLine(octets: Uint8Array, from: number): number {
  const end = octets.indexOf(LF, from)
  return end === -1 ? octets.length : end + 1
}
