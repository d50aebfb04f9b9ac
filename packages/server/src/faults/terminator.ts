/** Faults of the terminator of multi-line replies (RFC 1939 section 3). */
import { TERMINATOR, concatOctets, encodeLatin1 } from '@pop3kit/codec'
import type { DeliveryTransform, Step } from '../reply/delivery.ts'
import { at } from '../reply/position.ts'
import { word } from './arguments.ts'
import { type FaultMaker, changingOctets, defineFault, withoutWrites } from './fault.ts'

const [LF, CR] = [0x0a, 0x0d]

/** What can be wrong with a terminator. */
export type TerminatorManner = 'missing' | 'bare-lf' | 'cr-only' | 'glued' | 'early' | 'twice' | 'trailing-spaces'

/** What stands in place of the terminator. */
const replacements = {
  missing: '',
  'bare-lf': '.\n',
  'cr-only': '.\r',
  twice: '.\r\n.\r\n',
  'trailing-spaces': '.  \r\n',
} as const

/**
 * Changes the terminator of a multi-line reply.
 * `missing`: it never comes, and the connection stays open, as clients see it when a server dies behind a proxy; every one of 22 clients waits on.
 * `bare-lf`: `.` LF, as in sessions without any CR (M7). `cr-only`: `.` CR (M3, Cyrus). `glued`: the dot stands behind the last
 * character of the body, as Exchange 2000 sent messages that end without a line end (M4). `early`: a terminator comes behind the
 * first line of the body, and then the rest with its own, as from a server that does not stuff a line with a dot (M5).
 * `twice`: two of them, so that the second is read as the next reply (M12). `trailing-spaces`: `.` and two spaces.
 */
export const terminator: FaultMaker<[manner: TerminatorManner]> = defineFault(
  'terminator',
  [word('the manner of a terminator', 'missing', 'bare-lf', 'cr-only', 'glued', 'early', 'twice', 'trailing-spaces')],
  (manner) =>
    changingOctets((effect) => {
      if (manner === 'glued') return glued(effect)
      return manner === 'early' ? early(effect) : replaced(replacements[manner], effect)
    }),
)

/** Sends something in place of the terminator. */
function replaced(text: string, effect: Step): DeliveryTransform {
  const octets = encodeLatin1(text)
  return at('terminator')(async function* (rest) {
    yield effect
    if (octets.length > 0) yield { type: 'write', part: 'terminator', octets }
    yield* withoutWrites(rest)
  })
}

/** Sends a terminator behind the first line of the body, unless that is the last. */
function early(effect: Step): DeliveryTransform {
  return at({ line: 2 })(async function* (rest) {
    let isTold = false
    for await (const step of rest) {
      if (!isTold && step.type === 'write' && step.part === 'body') {
        yield effect
        yield { type: 'write', part: 'body', octets: TERMINATOR }
        isTold = true
      }
      yield step
    }
  })
}

/** Leaves out the line end before the terminator. */
function glued(effect: Step): DeliveryTransform {
  return async function* (steps) {
    let tail: Uint8Array = new Uint8Array()
    for await (const step of steps) {
      if (step.type === 'write' && step.part === 'body') {
        const octets = concatOctets([tail, step.octets])
        tail = octets.subarray(Math.max(0, octets.length - lineEnd))
        yield { ...step, octets: octets.subarray(0, octets.length - tail.length) }
        continue
      }
      if (step.type === 'write' && step.part === 'terminator' && tail.length > 0) {
        yield effect
        yield { type: 'write', part: 'body', octets: tail.filter((octet) => octet !== LF && octet !== CR) }
        tail = new Uint8Array()
      }
      yield step
    }
    if (tail.length > 0) yield { type: 'write', part: 'body', octets: tail }
  }
}

/** The most octets of a line end. */
const lineEnd = 2
