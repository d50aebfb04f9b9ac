/** What the client gives as a message is one that the server holds, and only what is in good hands is deleted. */
import type { FaultForm, Pop3Server } from '@pop3kit/server'
import { report } from '../maildrops.ts'
import type { Account } from './account.ts'
import type { Source } from './case.ts'
import { harmOf } from './faults.ts'
import { contents } from './mailbox.ts'

/** What a case has done to a server. */
export interface Held {
  readonly server: Pop3Server
  readonly source: Extract<Source, { readonly type: 'server' }>
  /** The unique-ids of the messages at the beginning, the first one first. */
  readonly uids: readonly string[]
}

/** They only hide what is deleted. */
const hiding: ReadonlySet<string> = new Set(['gmail', 'gmail-recent'])

export function* judgeHeld(account: Account, { server, source, uids }: Held): Generator<string> {
  const entries = server.sessions.flatMap(({ entries }) => entries)
  for (const entry of entries) if (entry.type === 'error') yield `the server has an error: ${String(entry.error)}`
  // One that holds a reply back has taken effect before it is told.
  const played = server
    .listHandlers()
    .flatMap(({ uses, forms }) => (uses === 0 ? [] : forms.filter((form) => form !== undefined)))
  const did = (...names: readonly string[]): boolean => played.some(({ name }) => names.includes(name))
  const isPipelined = entries.some(
    (entry) => entry.type === 'sent' && Buffer.from(entry.octets).toString('latin1').includes('PIPELINING'),
  )
  const isHarmed = played.some((form) => isHarmful(form, isPipelined))
  const isNumbered = !did('arrive', 'vanish')
  const removed = entries
    .flatMap((entry) => (entry.type === 'update' ? entry.removed : []))
    .map((uid) => uids.indexOf(uid) + 1)

  if (!isHarmed) yield* judgeMessages(account, isNumbered, did('uids', 'rows') ? [] : uids)
  if (!account.hasQuit && removed.length > 0) yield `messages ${removed.join()} are gone, and nobody said QUIT`
  if (!isNumbered) return
  for (const number of removed) {
    const { marked, condemned } = account
    if (!marked.has(number) && !condemned.has(number)) yield `message ${number} is gone, and nobody marked it`
    if (isHarmed || condemned.has(number) || account.fetched.some(({ body }) => isContent(body, number))) continue
    yield `message ${number} is gone, and was not returned whole`
  }
  const hasQuit = account.claims.some(({ request }) => request === 'QUIT')
  if (!hasQuit || isHarmed || account.isMuddled || did('keep') || hiding.has(source.persona)) return
  for (const number of account.agreed) {
    if (!removed.includes(number)) yield `message ${number} was deleted and QUIT acknowledged, and it is there`
  }
}

function isHarmful(form: FaultForm, isPipelined: boolean): boolean {
  const harm = harmOf(form)
  return harm === 'anything' || (harm === 'behind' && isPipelined)
}

function isContent(body: string, number: number): boolean {
  return body === contents[number - 1] || body.startsWith(report)
}

function* judgeMessages({ fetched }: Account, isNumbered: boolean, uids: readonly string[]): Generator<string> {
  for (const { number, body, uid } of fetched) {
    const isHeld = isNumbered
      ? isContent(body, number)
      : contents.some((_, index) => isContent(body, index + 1)) || isNew(body)
    if (!isHeld)
      yield `message ${number} is ${JSON.stringify(body.slice(0, 200))}, which the server does not hold there`
    const index = uids.indexOf(uid ?? '')
    if (index !== -1 && isNumbered && index !== number - 1) yield `message ${number} came under the unique-id "${uid}"`
  }
}

/** Whether a fault has put it there. */
const isNew = (body: string): boolean => body === 'Subject: new\r\n\r\n.\r\n' || body === 'x\r\n'
