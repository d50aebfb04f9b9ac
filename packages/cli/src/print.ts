/** What a running server prints: for people or for programs. */
import { decodeText } from '@pop3kit/codec'
import { type Entry, type Pop3Server, TranscriptWriter } from '@pop3kit/server'
import { styleText } from 'node:util'

/** What is told at the start. */
export interface Announcement {
  readonly persona: string
  readonly scenarios?: readonly { readonly file: string; readonly title: string }[]
  readonly logins: readonly { readonly user: string; readonly password?: string }[]
}

/** Colours are for terminals. */
const style: typeof styleText = (format, text) => (process.stdout.isTTY ? styleText(format, text) : text)

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** One JSON object a line: first `listening`, then what is `playing`, then every entry of every session as it happens. */
export function printJson(server: Pop3Server, { scenarios = [] }: Announcement): void {
  const tell = (event: string, details: object): void => say(JSON.stringify({ event, ...details }))
  for (const address of server.addresses) tell('listening', address)
  for (const { file, title } of scenarios) tell('playing', { file, title })
  server.on('*', ({ type, ...details }) => tell(type, readable(details)))
}

/** Octets as text, errors as their messages. */
function readable(details: object): object {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]: [string, unknown]) => {
      if (value instanceof Uint8Array) return ['text', decodeText(value)]
      return [key, value instanceof Error ? value.message : value]
    }),
  )
}

/** A live transcript, coloured on a terminal, each line behind the number of its session. */
export function printText(server: Pop3Server, { persona, scenarios = [], logins }: Announcement): void {
  say(`Serving as ${style('bold', persona)} on ${server.url}, ended by Ctrl-C`)
  for (const { host, port, tls } of server.addresses) {
    say(tls === 'none' ? `  telnet ${host} ${port}` : `  openssl s_client -connect ${host}:${port}`)
  }
  for (const { user, password } of logins) {
    const { messages } = server.maildrop(user)
    say(`  user ${user}${password === undefined ? '' : `, pass ${password}`}: ${messages.length} messages`)
  }
  for (const { file, title } of scenarios) say(`  plays ${file}: ${title}`)
  const writers = new Map<number, TranscriptWriter>()
  server.on('*', (entry) => {
    const writer = writers.get(entry.session) ?? new TranscriptWriter()
    writers.set(entry.session, writer)
    for (const line of writer.lines(entry)) say(`${style('dim', String(entry.session))} ${coloured(harmless(line))}`)
    if (isLast(entry)) writers.delete(entry.session)
  })
}

/** Mail and commands come from anywhere: what would command the terminal is shown instead. */
export function harmless(line: string): string {
  return line.replaceAll(/[^\P{Cc}\t]/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

const isLast = (entry: Entry): boolean => entry.type === 'close'

function coloured(line: string): string {
  if (line.startsWith('C: ')) return style('cyan', line)
  if (line.startsWith('S: -')) return style('red', line)
  return line.startsWith('#') ? style('yellow', line) : line
}
