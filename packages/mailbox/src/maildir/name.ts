/** The name of a file in a Maildir: when it was delivered, what makes it unique, and its flags. */
import { createHash } from 'node:crypto'
import { compareNaturally } from '../file-names.ts'

/** What the name of a file says of a message. */
export interface MaildirName {
  /** The name without flags: it stays the same for the life of the message. */
  readonly base: string
  /** The letters of the flags, such as `RS` for replied and seen; `undefined` when the name has no place for them. */
  readonly flags: string | undefined
  /** When it was delivered, in milliseconds since the epoch, if the name begins with a time. */
  readonly arrivedAt: number | undefined
  /** The microseconds of that second. */
  readonly micros: number
}

// Where a name must not hold a colon, other programs write a semicolon or an exclamation mark.
const info = /^(?<base>.+?)[:;!]2,(?<flags>[A-Za-z]*)$/
const time = /^(?<seconds>\d{1,12})\.(?:[^.]*?M(?<micros>\d{1,6}))?/

/** Reads a name. */
export function parseMaildirName(name: string): MaildirName {
  const { base = name, flags } = info.exec(name)?.groups ?? {}
  const { seconds, micros = '0' } = time.exec(base)?.groups ?? {}
  const arrivedAt = seconds === undefined ? undefined : Number(seconds) * 1000 + Math.floor(Number(micros) / 1000)
  return { base, flags, arrivedAt, micros: Number(micros) }
}

/** The order of delivery: the time, then the name as people count. What has no time comes first. */
export function compareDelivery(one: MaildirName, other: MaildirName): number {
  return (
    (one.arrivedAt ?? 0) - (other.arrivedAt ?? 0) || one.micros - other.micros || compareNaturally(one.base, other.base)
  )
}

/** The unique-id of a message: the base name, or a digest of it when it cannot be one (RFC 1939 section 7). */
export function uniqueIdOf(base: string): string {
  return /^[\x21-\x7e]{1,70}$/.test(base) ? base : createHash('sha256').update(base).digest('hex')
}

/** The name of the file of the message number `serial`. */
export function maildirName(serial: number, arrivedAt: number, flags: string | undefined): string {
  const seconds = Math.floor(arrivedAt / 1000)
  const micros = String(Math.floor((arrivedAt - seconds * 1000) * 1000)).padStart(6, '0')
  // Windows does not let a name hold a colon.
  const separator = process.platform === 'win32' ? ';' : ':'
  return `${seconds}.M${micros}Q${serial}.pop3kit${flags === undefined ? '' : `${separator}2,${flags}`}`
}
