/** What a manifest may say. The message of each check is what was expected; manifest.ts says what is there instead. */
import * as v from 'valibot'

/** A message as the manifest lists it. */
export interface ManifestMessage {
  /** Relative to the folder. */
  readonly file: string
  /** The unique-id (RFC 1939 section 7, R36). */
  readonly uid?: string
  /** When it was delivered, in milliseconds since the epoch. */
  readonly date?: number
  /** Octets in all: as many "x" are added to the file. A big message needs no big file. */
  readonly padTo?: number
}

/** A user as the manifest describes one. */
interface ManifestUser {
  readonly password?: string
  readonly apopSecret?: string
  readonly messages?: readonly ManifestMessage[]
}

/** A whole manifest. */
export interface Manifest {
  readonly messages?: readonly ManifestMessage[]
  readonly users?: ReadonlyMap<string, ManifestUser>
}

const isMapping = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

function mapping<const Entries extends v.ObjectEntries>(expected: string, entries: Entries) {
  return v.pipe(v.custom<Record<string, unknown>>(isMapping, expected), v.strictObject(entries, expected))
}

const text = v.string('text, in quotes where YAML takes it for something else')
const file = v.string('the name of a file in the folder')
const octets = 'a whole number of octets'

const moment = 'a date with time and zone, such as 2026-11-03T10:15:00Z'

function isMoment(written: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/.test(written)) return false
  // Date.parse takes the 31st of February for the 3rd of March.
  const day = written.slice(0, 10)
  return !Number.isNaN(Date.parse(written)) && new Date(day).toISOString().startsWith(day)
}

const date = v.pipe(
  v.string(moment),
  v.check(isMoment, moment),
  v.transform((written) => Date.parse(written)),
)

const message = mapping('a mapping with the key file and, if wanted, uid, date and padTo', {
  file,
  uid: v.exactOptional(
    v.pipe(text, v.regex(/^[\x21-\x7E]{1,70}$/, '1 to 70 octets from 0x21 to 0x7E (RFC 1939 section 7)')),
  ),
  date: v.exactOptional(date),
  padTo: v.exactOptional(v.pipe(v.number(octets), v.integer(octets), v.minValue(0, octets))),
})

const fileAlone = v.pipe(
  file,
  v.transform((name) => ({ file: name })),
)

const messages = v.array(
  v.lazy((input) => (typeof input === 'string' ? fileAlone : message)),
  'a list of messages, each a file name or a mapping with the key file',
)

const user = mapping('a mapping with the keys password, apopSecret or messages', {
  password: v.exactOptional(text),
  apopSecret: v.exactOptional(text),
  messages: v.exactOptional(messages),
})

// A Map, because a user may be called "constructor".
const users = v.pipe(
  v.custom<Record<string, unknown>>(isMapping, 'a mapping from the name of each user to what the user has'),
  v.transform((byName) => new Map(Object.entries(byName))),
  v.map(v.string(), user),
)

/** The schema of a manifest. */
export const manifestSchema: v.GenericSchema<unknown, Manifest> = mapping('a mapping with the keys users or messages', {
  users: v.exactOptional(users),
  messages: v.exactOptional(messages),
})
