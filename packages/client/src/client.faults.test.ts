/** The faults on which 22 real clients were measured: each ends in an error that is documented, or in the whole mail. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pop3Client } from './client.ts'
import {
  type Answer,
  type Cut,
  login,
  octets,
  type Script,
  scriptedServer,
  silence,
  text,
} from './testing/scripted-server.ts'

const auth = { user: 'alice', pass: 'wonderland' }

/** Seven messages; the first holds a line that begins with a dot, the fourth holds lone dots, one of them as its last line. */
const mails = [1, 2, 3, 4, 5, 6, 7].map((number) => `Subject: ${number}\r\n\r\nbody of ${number}\r\n`)
mails[0] += '.a line with a dot\r\n'
mails[3] += '.\r\nmore\r\n..\r\n.\r\n'

const stuffed = (mail: string): string => mail.replaceAll(/^\./gm, '..')
const rows = (row: (number: number) => string): string =>
  `+OK\r\n${mails.map((_, index) => `${row(index + 1)}\r\n`).join('')}.\r\n`
const retr = (mail: string): string => `+OK\r\n${stuffed(mail)}.\r\n`
const fourth = stuffed(mails[3] ?? '')

const healthy: Script = {
  ...login,
  CAPA: '+OK\r\nTOP\r\nUIDL\r\n.\r\n',
  STAT: '+OK 7 700\r\n',
  LIST: rows((number) => `${number} ${mails[number - 1]?.length}`),
  UIDL: rows((number) => `${number} uid-${number}`),
  ...Object.fromEntries(mails.map((mail, index) => [`RETR ${index + 1}`, retr(mail)])),
  TOP: '+OK\r\nSubject: 1\r\n\r\n.\r\n',
  QUIT: '+OK\r\n',
}

/** What the server says, and then the end of its stream or of the connection. */
const then =
  (says: string, how: 'close' | 'reset'): Answer =>
  (end) => {
    end.send(says)
    // The client has to read what was said before a reset, which throws away what is unread
    setImmediate(() => end[how]())
  }

const refused: Answer = '-ERR unknown command\r\n'
const whole = { taken: mails }

interface Fault {
  readonly name: string
  readonly script?: Script
  readonly cut?: Cut
  readonly ends: object
  /** Whether only a time limit ends it. */
  readonly waits?: boolean
}

const faults: readonly Fault[] = [
  { name: 'none', ends: whole },
  {
    name: 'noterm-close',
    script: { 'RETR 4': then(`+OK\r\n${fourth}`, 'close') },
    ends: { taken: mails.slice(0, 3), error: { code: 'POP3_CLOSED', phase: 'RETR', received: mails[3]?.length } },
  },
  {
    name: 'trunc-close',
    script: { 'RETR 4': then('+OK\r\nSubject: 4\r\n\r\nbo', 'close') },
    ends: { taken: mails.slice(0, 3), error: { code: 'POP3_CLOSED', phase: 'RETR', received: 16 } },
  },
  {
    name: 'rst-mid',
    script: { 'RETR 4': then('+OK\r\nSubject: 4\r\n\r\nbo', 'reset') },
    ends: { taken: mails.slice(0, 3), error: { code: 'POP3_CLOSED', phase: 'RETR', cause: { code: 'ECONNRESET' } } },
  },
  {
    name: 'noterm-open',
    script: { 'RETR 4': `+OK\r\n${fourth}` },
    ends: { taken: mails.slice(0, 3), error: { code: 'POP3_TIMEOUT', phase: 'RETR' } },
    waits: true,
  },
  {
    name: 'lf-terminator',
    script: { 'RETR 4': `+OK\r\n${fourth}.\n` },
    ends: { taken: mails.slice(0, 3), error: { code: 'POP3_TIMEOUT', phase: 'RETR' } },
    waits: true,
  },
  {
    name: 'all-lf',
    script: { 'RETR 4': retr(mails[3] ?? '').replaceAll('\r\n', '\n') },
    ends: { taken: mails.map((mail, index) => (index === 3 ? mail.replaceAll('\r\n', '\n') : mail)) },
  },
  {
    name: 'unstuffed',
    script: { 'RETR 4': `+OK\r\n${mails[3]}.\r\n` },
    ends: { taken: mails.slice(0, 3), error: { code: 'POP3_PROTOCOL' } },
  },
  {
    name: 'extra-crlf-status',
    script: { 'RETR 2': `\r\n${retr(mails[1] ?? '')}` },
    ends: { taken: mails.slice(0, 1), error: { code: 'POP3_PROTOCOL', excerpt: '' } },
  },
  {
    name: 'retr2-err',
    script: { 'RETR 2': '-ERR internal error\r\n' },
    ends: { taken: mails.slice(0, 1), error: { code: 'POP3_REPLY', command: 'RETR 2' } },
  },
  {
    name: 'retr7-err',
    script: { 'RETR 7': '-ERR no such message\r\n' },
    ends: { taken: mails.slice(0, 6), error: { code: 'POP3_REPLY', command: 'RETR 7' } },
  },
  { name: 'list-err', script: { LIST: refused }, ends: { ...whole, list: { code: 'POP3_REPLY', command: 'LIST' } } },
  { name: 'stat-lie', script: { STAT: '+OK 5 500\r\n' }, ends: { ...whole, stat: { messages: 5 } } },
  { name: 'dup-uidl', script: { UIDL: rows((number) => `${number} uid-${Math.max(number, 2)}`) }, ends: whole },
  { name: 'size-lie', script: { LIST: rows((number) => `${number} 100`) }, ends: whole },
  { name: 'drip', cut: (octets) => Array.from(octets, (octet) => Uint8Array.of(octet)), ends: whole },
  { name: 'split-crlf', cut: (octets) => splitBehind(octets, '\r'), ends: whole },
  { name: 'midline-dot-packet', cut: (octets) => splitBehind(octets, '\r\n.'), ends: whole },
  {
    name: 'latin1',
    script: { 'RETR 4': '+OK\r\nSubject: caf\u00E9\r\n.\r\n' },
    ends: { taken: mails.map((mail, index) => (index === 3 ? 'Subject: caf\u00E9\r\n' : mail)) },
  },
  {
    name: 'greeting-err',
    script: { greeting: '-ERR service not available, try later\r\n' },
    ends: { taken: [], error: { code: 'POP3_REPLY', command: undefined } },
  },
  {
    name: 'greeting-silent',
    script: { greeting: silence },
    ends: { taken: [], error: { code: 'POP3_TIMEOUT', phase: 'greeting' } },
    waits: true,
  },
  {
    name: 'login-close',
    script: { PASS: then('', 'close') },
    ends: { taken: [], error: { code: 'POP3_CLOSED', phase: 'login' } },
  },
  {
    name: 'quit-close',
    script: { QUIT: then('', 'close') },
    ends: { ...whole, error: { code: 'POP3_CLOSED', phase: 'QUIT' } },
  },
  { name: 'no-uidl', script: { UIDL: refused }, ends: { taken: [], error: { code: 'POP3_REPLY', command: 'UIDL' } } },
  { name: 'top-unsupported', script: { TOP: refused }, ends: { ...whole, top: { code: 'POP3_REPLY' } } },
  { name: 'no-capa', script: { CAPA: refused }, ends: { ...whole, capa: { code: 'POP3_REPLY' } } },
]

function splitBehind(octets: Uint8Array, characters: string): Uint8Array[] {
  const chunks: Uint8Array[] = []
  let from = 0
  for (const [index, octet] of octets.entries()) {
    if (!characters.includes(String.fromCharCode(octet))) continue
    chunks.push(octets.subarray(from, index + 1))
    from = index + 1
  }
  return [...chunks, octets.subarray(from)]
}

interface Ingestion {
  readonly taken: string[]
  stat?: unknown
  list?: unknown
  capa?: unknown
  top?: unknown
  error?: unknown
}

/** What an application does: what it took for whole messages, and what it was told. */
async function ingest(script: Script, cut?: Cut): Promise<Ingestion> {
  const { transport } = scriptedServer(script, cut)
  const outcome: Ingestion = { taken: [] }
  try {
    const client = await Pop3Client.connect({ transport, auth, timeout: '10s' })
    outcome.capa = await client.capa().catch((error: unknown) => error)
    outcome.stat = await client.stat()
    outcome.list = await client.list().catch((error: unknown) => error)
    outcome.top = await client.top(1, 0).catch((error: unknown) => error)
    for await (const message of client.messages()) outcome.taken.push(text(await message.bytes()))
    await client.quit()
  } catch (error) {
    outcome.error = error
  }
  return outcome
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

/** Time passes when all that could happen without it has happened. */
async function letTimePass(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate)
  vi.advanceTimersByTime(10_000)
}

test.each(faults)('$name', async ({ script, cut, ends, waits = false }) => {
  const ingestion = ingest({ ...healthy, ...script }, cut)
  if (waits) await letTimePass()
  const outcome = await ingestion
  expect(outcome).toMatchObject(ends)
  expect(outcome.error === undefined).toBe(!('error' in ends))
  expect(vi.getTimerCount()).toBe(0)
})

test('the mailbox of these tests is what a correct server sends', () => {
  expect(octets(fourth)).toEqual(octets('Subject: 4\r\n\r\nbody of 4\r\n..\r\nmore\r\n...\r\n..\r\n'))
})
