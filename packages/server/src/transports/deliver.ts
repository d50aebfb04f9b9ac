/** Carries out the steps of a delivery on a wire. */
import { concatOctets } from '@pop3kit/codec'
import type { Timekeeper } from '../clock.ts'
import type { EntryDetails } from '../record/entry.ts'
import type { SessionRecord } from '../record/session-record.ts'
import type { Step, Steps } from '../reply/delivery.ts'
import type { Wire } from './wire.ts'

/** The steps that end a connection. */
export type ClosingStep = Extract<Step, { type: 'close' | 'reset' }>

/** How a delivery ended: with the connection as it was, without the client, or at a step that closes. */
export type Delivered = 'open' | 'gone' | ClosingStep

/** What a delivery needs besides the wire. */
export interface DeliveryEnvironment {
  readonly wire: Wire
  readonly clock: Timekeeper
  readonly record: SessionRecord
  /** Told when octets are about to go out. */
  readonly onSend: () => void
  /** Does the TLS handshake; says whether there is a connection afterwards. */
  readonly startTls: () => Promise<boolean>
}

/** Writes are gathered up to this many octets; larger ones are cut into pieces of this size. */
const pieceOctets = 65_536

/** Gathers small writes into one piece; large ones pass without being copied. */
class Pieces {
  readonly #send: (octets: Uint8Array) => Promise<void>
  #gathered: Uint8Array[] = []
  #count = 0

  constructor(send: (octets: Uint8Array) => Promise<void>) {
    this.#send = send
  }

  /** Whether nothing is gathered. */
  get isEmpty(): boolean {
    return this.#count === 0
  }

  async write(octets: Uint8Array): Promise<void> {
    if (this.#count + octets.length > pieceOctets) await this.flush()
    if (octets.length < pieceOctets) {
      this.#gathered.push(octets)
      this.#count += octets.length
      return
    }
    for (let start = 0; start < octets.length; start += pieceOctets) {
      await this.#send(octets.subarray(start, start + pieceOctets))
    }
  }

  async flush(): Promise<void> {
    const [first, ...others] = this.#gathered
    this.#gathered = []
    this.#count = 0
    if (first !== undefined) await this.#send(others.length === 0 ? first : concatOctets([first, ...others]))
  }
}

/** Sends a reply on its way; stops, and lets go of its source, when the client is gone. */
export async function deliver(
  steps: Steps,
  { wire, clock, record, onSend, startTls }: DeliveryEnvironment,
): Promise<Delivered> {
  const pieces = new Pieces((octets) => {
    onSend()
    record.sent(octets)
    return wire.write(octets)
  })
  // What is only told does not break a piece in two: it is told behind it.
  let untold: EntryDetails[] = []
  const flush = async (): Promise<void> => {
    await pieces.flush()
    for (const entry of untold) record.add(entry)
    untold = []
  }
  for await (const step of steps) {
    if (!wire.isWritable) return 'gone'
    if (step.type === 'write') {
      await pieces.write(step.octets)
      continue
    }
    if (step.type === 'fault' || step.type === 'retrieved') {
      untold.push(step)
      if (pieces.isEmpty) await flush()
      continue
    }
    await flush()
    switch (step.type) {
      case 'flush':
        await separate(wire, record)
        break
      case 'wait':
        record.add({ type: 'wait', ms: step.ms })
        await separate(wire, record)
        await wait(step.ms, wire, clock)
        break
      case 'startTls':
        if (!(await startTls())) return 'gone'
        break
      case 'halfClose':
        wire.halfClose()
        await wire.ended
        return 'gone'
      case 'stall':
        await wire.ended
        return 'gone'
      case 'close':
      case 'reset':
        return step
    }
  }
  await flush()
  return wire.isWritable ? 'open' : 'gone'
}

/** Waits until the client has read what was sent, apart from what follows; where that cannot be proved, the record says so. */
export async function separate(wire: Wire, record: SessionRecord): Promise<void> {
  if ((await wire.flush()) === 'unproved' && !wire.isClosed) record.add({ type: 'unproved' })
}

/** Lets scripted time pass; a client that goes away ends the wait. */
async function wait(ms: number, wire: Wire, clock: Timekeeper): Promise<void> {
  let cancel: () => void = () => {}
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve)
  })
  await Promise.race([over, wire.closed])
  cancel()
}
