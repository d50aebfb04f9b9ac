/** What a generated message is about: who wrote it when, and what it answers. Known without its octets. */
import { phrase } from './prose.ts'
import { Random } from './random.ts'

/** What is known of a message without its octets. */
export interface Outline {
  /** How many octets it has, from 0 to 1 of what there is to choose from. */
  readonly size: number
  /** When it arrived, in milliseconds since the epoch. */
  readonly arrivedAt: number
  /** For what comes next. */
  readonly random: Random
}

/** Who wrote a message, about what, and which earlier messages it answers: the oldest first. */
export interface Heading {
  readonly author: string
  readonly subject: string
  readonly thread: readonly number[]
}

const authors = [
  'Ada Berg <ada.berg@example.com>',
  'Bo Castro <bo.castro@example.net>',
  'Chen Dahl <chen.dahl@example.org>',
  'Dina Evans <dina.evans@example.com>',
  'Emre Fuchs <emre.fuchs@example.net>',
  'Freya Gold <freya.gold@example.org>',
  'Harbour Office <office@harbour.example>',
  'Invoices <no-reply@billing.example>',
] as const

/** Monday, the 5th of January 2026, 8 o'clock in UTC: then the first one arrives, and one each ten minutes. */
const beginning = Date.UTC(2026, 0, 5, 8)
const interval = 600_000

/** How far back the message may be that another one answers, and how many of a thread are named. */
const reach = 20
const longestThread = 4

/** The outline of message number `index`, from 0. Always the same numbers in the same order: what they are for must not change. */
export function outlineOf(seed: number, index: number): Outline {
  const random = new Random(seed, index)
  const size = random.next() / 0x1_0000_0000
  return { size, arrivedAt: beginning + index * interval + random.below(interval), random }
}

/** Goes on where {@link outlineOf} stopped. */
export function headingOf(seed: number, index: number, { random }: Outline): Heading {
  const author = random.pick(authors)
  const answered = index - 1 - random.below(reach)
  const subject = phrase(random, 2 + random.below(4))
  // A third are answers, if there is something to answer.
  if (random.below(3) > 0 || answered < 0) return { author, subject: capitalized(subject), thread: [] }
  const before = headingOf(seed, answered, outlineOf(seed, answered))
  return {
    author,
    subject: before.subject.replace(/^(?:Re: )?/, 'Re: '),
    thread: [...before.thread, answered].slice(-longestThread),
  }
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
