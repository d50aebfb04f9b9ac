/** What a server did, as the steps of a delivery: pieces and pauses as they were. */
import { concatOctets, decodeLatin1 } from '@pop3kit/codec'
import { type Reply, type Step, deliverThrough, reply } from '@pop3kit/server'
import type { ServerEvent } from './turns.ts'

/** A reply that does once more what was done. */
export function replyOf(events: readonly ServerEvent[]): Reply {
  const steps = stepsOf(events)
  return deliverThrough(reply.none(), async function* () {
    yield* steps
  })
}

function stepsOf(events: readonly ServerEvent[]): Step[] {
  const parts = partsOf(concatOctets(events.flatMap((event) => (event.type === 'reply' ? [event.octets] : []))))
  return events.flatMap((event): Step[] => {
    switch (event.type) {
      case 'reply':
        // Not behind it: by the next time the client will mostly have read it.
        return [{ type: 'flush' }, ...parts(event.octets)]
      case 'pause':
        return [{ type: 'wait', ms: event.ms }]
      case 'tls':
        return [{ type: 'startTls' }]
      case 'end':
        return [{ type: event.how }]
      default:
        return []
    }
  })
}

/** Takes one piece after the other, and tells status, body and terminator apart, so that faults find their places. */
function partsOf(whole: Uint8Array): (piece: Uint8Array) => Step[] {
  const body = whole.indexOf(0x0a) + 1
  const isLong = body > 0 && body < whole.length
  const terminator = isLong && decodeLatin1(whole.subarray(-4)).endsWith('\n.\r\n') ? whole.length - 3 : whole.length
  let from = 0
  return (piece) => {
    const start = from
    from += piece.length
    const cut = (part: 'status' | 'body' | 'terminator', begin: number, end: number): Step[] => {
      const octets = piece.subarray(Math.max(0, begin - start), Math.max(0, end - start))
      return octets.length === 0 ? [] : [{ type: 'write', part, octets }]
    }
    return [
      ...cut('status', 0, isLong ? body : whole.length),
      ...(isLong ? [...cut('body', body, terminator), ...cut('terminator', terminator, whole.length)] : []),
    ]
  }
}
