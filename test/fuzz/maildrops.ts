/** The maildrops that the fuzz plays with. Every message but the empty one can be told from all others. */
import type { MaildropInit, MessageInit } from '@pop3kit/server'
import { setImmediate } from 'node:timers/promises'

/** A message as it is stored, and as it is to be served: Latin-1 text, a character an octet. */
export interface Letter {
  readonly init: MessageInit
  readonly served: string
}

const octetsOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** Reads a message in pieces that end anywhere. */
function lazily(text: string): () => AsyncGenerator<Uint8Array> {
  return async function* () {
    for (let start = 0; start < text.length; start += 29) {
      if (start % 3 === 0) await setImmediate()
      yield octetsOf(text.slice(start, start + 29))
    }
  }
}

/** docs/decisions/0002-line-ends.md, in other words than the server's. */
function served(stored: string): string {
  const lines = stored.replaceAll('\r\n', '\n').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => `${line}\r\n`).join('')
}

const bodies: readonly string[] = [
  'plain\r\n',
  '.\r\n..\r\n.dot\r\n',
  'bare\nline\nends',
  'bare \r CR\r\r\n',
  'NUL \0, 8 bit \xFF\xFE\r\n',
  '',
  '\r\n\r\n.\r\n\r\n',
  `${'long '.repeat(300)}\r\n`,
  '.',
  'ends with CR\r',
]

/** How many kinds of letters there are. */
export const kinds: number = bodies.length + 2

/** The letter number `serial` of a user. */
export function letter(user: string, serial: number, kind: number): Letter {
  const subject = `Subject: ${user} ${serial}`
  if (kind === bodies.length) {
    const stored = `${subject} gr\xC3\xBC\xC3\x9Fe\r\n\r\nin UTF-8\r\n`
    return { init: octetsOf(stored), served: served(stored) }
  }
  const stored = `${subject}\r\n\r\n${bodies[kind] ?? '.lazy\nand slow\n'.repeat(5)}`
  return { init: bodies[kind] === undefined ? lazily(stored) : octetsOf(stored), served: served(stored) }
}

function letters(user: string, ...kinds: readonly number[]): Letter[] {
  return kinds.map((kind, index) => letter(user, index + 1, kind))
}

const largeText = `Subject: large\r\n\r\n${`${'x'.repeat(98)}\r\n`.repeat(700)}`

/** A letter that fits into no buffer. */
export const large: Letter = { init: octetsOf(largeText), served: largeText }

/** What Courier gives in place of a message with a header in UTF-8. */
export const report = 'From: Mail Delivery Subsystem <postmaster>\r\nSubject: Cannot display Unicode content\r\n'

/** What lies in the maildrops at the beginning. */
export const initial: Readonly<Record<string, readonly Letter[]>> = {
  alice: letters('alice', 0, 1, 2),
  bob: [...letters('bob', 3, 4), { init: new Uint8Array(), served: '' }],
  carol: letters('carol', 5, 6),
  dave: letters('dave', 7, 8),
  erin: [...letters('erin', 9, 10, 11), large],
  frank: letters('frank', 0, 1, 2, 3),
  grace: [],
}

/** The users, by the way in. */
export const passwords: Readonly<Record<string, string>> = {
  alice: 'wonderland',
  bob: 'builder  of',
  erin: 'brockovich',
  frank: 'zappa',
  grace: 'hopper',
}
export const apopSecret = 'tanstaaf'
export const accessToken = 'ya29.token'

/** The users of whom a password is known come first. */
export const users: readonly string[] = [...Object.keys(passwords), 'carol', 'dave']

const more: Readonly<Record<string, MaildropInit>> = {
  carol: { apopSecret },
  dave: { accessTokens: [accessToken, { token: 'old', expiresAt: 0 }], policies: { deletion: 'retrieved' } },
  erin: { policies: { lock: 'shared', sessionsPerUser: 2 } },
  grace: { policies: { lock: 'shared', sessionsPerUser: 1 } },
  frank: { policies: { deletion: 'hidden', window: { newest: 3 }, loginDelay: 1000 } },
}

export const maildrops: Readonly<Record<string, MaildropInit>> = Object.fromEntries(
  users.map((user) => [
    user,
    { password: passwords[user], messages: initial[user]?.map(({ init }) => init), ...more[user] },
  ]),
)
