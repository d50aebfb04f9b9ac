/** Messages are served as they are, under the unique-ids that they have. */
import { report } from '../maildrops.ts'
import type { Box } from './mail.ts'
import type { Turn } from './turns.ts'

/** What one session learned of a message number. */
interface Known {
  uid?: string
  body?: string
}

/** Says what is wrong with the messages and listings of one session. */
export function* judgeMessages(turns: readonly Turn[], box: Box | undefined): Generator<string> {
  const known = new Map<number, Known>()
  const about = (number: number): Known => {
    const entry = known.get(number) ?? {}
    known.set(number, entry)
    return entry
  }
  for (const { verb, argument: first, replies } of turns) {
    const [answer] = replies
    if (answer?.status !== '+OK' || answer.body?.startsWith(report) === true) continue
    if (verb === 'UIDL') {
      const rows = answer.body?.split('\r\n').slice(0, -1) ?? [answer.line.slice('+OK '.length, -2)]
      for (const row of rows) {
        const [number = '', uid = ''] = row.split(' ')
        const entry = about(Number(number))
        if (box?.served.has(uid) !== true) yield `message ${number} has the unique-id "${uid}" of none`
        if (entry.uid !== undefined && entry.uid !== uid) yield `message ${number} is "${entry.uid}" and then "${uid}"`
        entry.uid = uid
      }
    }
    if (verb === 'RETR') {
      const entry = about(Number.parseInt(first, 10))
      if (entry.body !== undefined && entry.body !== answer.body) yield `message ${first} is another one now`
      entry.body = answer.body ?? ''
    }
    if (verb === 'TOP' && ![...(box?.served.values() ?? [])].some((octets) => octets.startsWith(answer.body ?? ''))) {
      yield `what TOP ${first} gives begins no message`
    }
  }
  const served = new Set(box?.served.values())
  for (const [number, { uid, body }] of known) {
    if (body === undefined) continue
    const expected = uid === undefined ? served.has(body) : box?.served.get(uid) === body
    if (!expected) yield `message ${number} is ${JSON.stringify(body.slice(0, 200))}, which nobody delivered`
  }
}
