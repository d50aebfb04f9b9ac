/** What a maildrop holds. */
import { type Message, type MessageContent, setupPop3Server } from '@pop3kit/server'
import { checkList, checkOne, isTextOrPattern } from '../expectation.ts'
import { messageOf } from '../text/message.ts'
import type { Row } from '../text/side-by-side.ts'
import { isMaildrop, known } from '../subject.ts'
import { SubjectError } from '../errors.ts'
import { partingOf } from '../text/parting.ts'
import type { AssertionOutcome } from './outcome.ts'

/**
 * A message that a maildrop is to hold: its unique-id, a pattern found in its text, or an object with the unique-id, the content, or
 * both. The content is compared as the maildrop stores it, with CRLF line ends.
 */
export type MessageMatcher =
  | string
  | RegExp
  | { readonly uid?: string | undefined; readonly content?: Uint8Array | string | undefined }

/** Whether a maildrop holds so many messages, or exactly these in this order. */
export function messages(subject: unknown, expected: number | readonly MessageMatcher[]): AssertionOutcome {
  const about = known('the messages', subject, ['maildrop'])
  if (!isMaildrop(subject)) throw new SubjectError('the messages', subject, ['maildrop'])
  if (typeof expected === 'number') checkOne(expected, Number.isInteger, 'a whole number')
  else
    checkList(
      expected,
      isMatcher,
      "how many messages, or a list of them, such as ['uid-1', /^Subject: two/m, { content }]",
    )
  const held = subject.messages
  const pass =
    typeof expected === 'number'
      ? held.length === expected
      : held.length === expected.length && expected.every((matcher, index) => matches(matcher, held[index]))
  return {
    pass,
    message: () =>
      messageOf(about, {
        headline: `Expected ${about.name} ${pass ? 'not ' : ''}to hold ${typeof expected === 'number' ? `${counted(expected)}${pass ? '' : `: it holds ${held.length}`}` : 'exactly these messages in this order'}`,
        ...(typeof expected === 'number'
          ? { rows: held.map((message) => ({ received: shown(message) })) }
          : comparison(expected, held)),
      }),
  }
}

const counted = (count: number): string => `${count} message${count === 1 ? '' : 's'}`

/** One by one; the first pair that differs is marked, and where only the content differs, its place is told. */
function comparison(expected: readonly MessageMatcher[], held: readonly Message[]): { rows: Row[]; hints: string[] } {
  const pairs = Array.from({ length: Math.max(expected.length, held.length) }, (_, index) => ({
    matcher: expected[index],
    message: held[index],
  }))
  const first = pairs.findIndex(({ matcher, message }) => matcher === undefined || !matches(matcher, message))
  return {
    rows: pairs.map(({ matcher, message }, index) => ({
      expected: named(matcher),
      received: shown(message),
      differs: index === first,
    })),
    hints: differenceOf(pairs[first]?.matcher, pairs[first]?.message),
  }
}

/** Where the content is another one than expected. */
function differenceOf(matcher: MessageMatcher | undefined, message: Message | undefined): string[] {
  if (message === undefined || typeof matcher !== 'object' || matcher instanceof RegExp) return []
  const { uid = message.uid, content } = matcher
  if (uid !== message.uid || content === undefined) return []
  const parting = partingOf(textOf(stored(content), 'utf8'), textOf(message, 'utf8'))
  return parting === undefined ? [] : [`The content of ${uid} differs in ${parting}`]
}

/** Whether it is one; a typing mistake in a key would compare nothing. */
const isMatcher = (value: unknown): boolean =>
  isTextOrPattern(value) ||
  (typeof value === 'object' && value !== null && Object.keys(value).every((key) => key === 'uid' || key === 'content'))

function matches(matcher: MessageMatcher, message: Message | undefined): boolean {
  if (message === undefined) return false
  if (typeof matcher === 'string') return message.uid === matcher
  if (matcher instanceof RegExp) return new RegExp(matcher).test(textOf(message, 'utf8'))
  const { uid = message.uid, content } = matcher
  return uid === message.uid && (content === undefined || textOf(message) === textOf(stored(content)))
}

/** A message with this content, as a maildrop stores it. */
function stored(content: MessageContent): Message {
  return setupPop3Server({ maildrops: { any: {} } })
    .maildrop('any')
    .deliver(content)
}

/** As text in UTF-8, or with an octet a character. */
function textOf(message: Message, encoding: 'utf8' | 'latin1' = 'latin1'): string {
  const pieces = message.pieces()
  if (!(Symbol.iterator in pieces)) {
    throw new TypeError(
      `Cannot compare the content of message "${message.uid}", which is read lazily: expected unique-ids, or messages that are at hand`,
    )
  }
  return Buffer.concat([...pieces]).toString(encoding)
}

function named(matcher: MessageMatcher | undefined): string | undefined {
  if (matcher === undefined || typeof matcher === 'string') return matcher
  if (matcher instanceof RegExp) return String(matcher)
  const { uid, content } = matcher
  return [uid, content === undefined ? undefined : subjectOf(stored(content))]
    .filter((part) => part !== undefined)
    .join(' ')
}

const shown = (message: Message | undefined): string | undefined =>
  message === undefined ? undefined : `${message.uid} ${subjectOf(message)}`.trimEnd()

/** The size of a message, and its subject if it has one. */
function subjectOf(message: Message): string {
  const pieces = message.pieces()
  if (!(Symbol.iterator in pieces)) return '(lazy)'
  const text = textOf(message)
  const [header = ''] = text.split('\r\n\r\n', 1)
  const subject = /^Subject:[ \t]*(.*)$/im.exec(header)?.[1]
  return `(${text.length} octets${subject === undefined ? '' : `, "${subject.trim()}"`})`
}
