/** Whether a message goes out whole, whatever the faults do on its way: octet by octet as it lies there, and the terminator. */
import type { Step, Steps } from './delivery.ts'

/** Follows what was meant to go out, and what does. */
export class Wholeness {
  /** What was meant to go out and has not yet. */
  #due: Uint8Array[] = []
  #isAllDue = false
  #differs = false

  /** The honest steps, noted as they are read. */
  async *meant(steps: Steps): AsyncGenerator<Step> {
    for await (const step of steps) {
      if (isContent(step)) this.#due.push(step.octets)
      this.#isAllDue ||= step.type === 'write' && step.part === 'terminator'
      yield step
    }
  }

  /** The steps that are carried out, and one more behind the octets that make the message whole. */
  async *sent(steps: Steps, whole: Step): AsyncGenerator<Step> {
    let isTold = false
    for await (const step of steps) {
      if (isContent(step)) this.#compare(step.octets)
      yield step
      if (!isTold && this.#isWhole) {
        isTold = true
        yield whole
      }
    }
  }

  get #isWhole(): boolean {
    return this.#isAllDue && !this.#differs && this.#due.length === 0
  }

  #compare(octets: Uint8Array): void {
    let rest = octets
    while (rest.length > 0 && !this.#differs) {
      const due = this.#due.shift() ?? new Uint8Array()
      const length = Math.min(due.length, rest.length)
      this.#differs = length === 0 || (due !== rest && !sameOctets(due, rest, length))
      if (due.length > length) this.#due.unshift(due.subarray(length))
      rest = rest.subarray(length)
    }
    if (this.#differs) this.#due = []
  }
}

type Write = Extract<Step, { type: 'write' }>

const isContent = (step: Step): step is Write =>
  step.type === 'write' && step.part !== 'status' && step.octets.length > 0

function sameOctets(one: Uint8Array, other: Uint8Array, length: number): boolean {
  for (let index = 0; index < length; index += 1) if (one[index] !== other[index]) return false
  return true
}
