/** The mail of the one user of the fuzz of the client, and how that user logs in. */
import type { Pop3Auth } from '@pop3kit/client'
import { encodeBase64, encodeText, formatPlain } from '@pop3kit/codec'
import type { MaildropInit } from '@pop3kit/server'
import { type Letter, accessToken, large, letter, passwords } from '../maildrops.ts'
import type { Login } from './case.ts'

export const user = 'alice'

export const password: string = passwords[user] ?? ''

const letters: readonly Letter[] = [
  ...[0, 1, 2, 6, 10, 8, 11].map((kind, index) => letter(user, index + 1, kind)),
  large,
]

/** The messages as they are to be served, the first one first: Latin-1 text. */
export const contents: readonly string[] = letters.map(({ served }) => served)

export const maildrop: MaildropInit = {
  password,
  apopSecret: password,
  accessTokens: [accessToken],
  messages: letters.map(({ init }) => init),
}

export function authOf({ mechanism, rightly }: Login): Pop3Auth {
  if (mechanism === 'XOAUTH2' || mechanism === 'OAUTHBEARER') {
    return { user, accessToken: rightly ? accessToken : 'ya29.wrong', mechanism }
  }
  const auth = { user, pass: rightly ? password : 'tulgey wood' }
  return mechanism === 'best' ? auth : { ...auth, mechanism }
}

/** What no error of a login may show, when the server has been told it. */
export const secrets: readonly string[] = [
  password,
  accessToken,
  encodeBase64(formatPlain({ authcid: user, password })),
  encodeBase64(encodeText(password)),
]
