/** Digests in captured sessions are of the challenges of that day (RFC 1939 section 7, RFC 2195): here they are made of the challenges of today. */
import { apopDigest, cramMd5Response, decodeBase64, decodeText, encodeBase64, parseCramMd5 } from '@pop3kit/codec'

/** The secret that the captured clients knew. */
const secret = 'wonderland'

/** What a server has said, when it was captured and now. */
export interface Said {
  readonly captured: string
  readonly now: string
}

/** What the client sends to this server in place of what it sent to the captured one; a digest of anything else stays as it is. */
export function digestOfToday(sent: string, { captured, now }: Said): string {
  const apop = /^(APOP \S+ )(\S+)(\s*)$/i.exec(sent)
  if (apop !== null) {
    const [, before = '', digest = '', end = ''] = apop
    const [then, today] = [timestampIn(captured), timestampIn(now)].map((challenge) => apopDigest(challenge, secret))
    if (digest === then) return `${before}${today}${end}`
    return digest === then?.toUpperCase() ? `${before}${today?.toUpperCase()}${end}` : sent
  }
  const [then, today] = [challengeIn(captured), challengeIn(now)]
  if (then === undefined || today === undefined || !/^[\w+/]+=*\r\n$/.test(sent)) return sent
  const { user } = parseCramMd5(decodeBase64(sent.trim()))
  const answer = (challenge: string): string => `${encodeBase64(cramMd5Response({ user, secret, challenge }))}\r\n`
  return sent === answer(then) ? answer(today) : sent
}

/** Challenges in base64 as what they are of, so that what differs in them can be seen. */
export const decodeChallenges = (text: string): string =>
  text.replaceAll(/^\+ (PD[\w+/]+=*)\r$/gm, (_, base64: string) => `+ ${decodeText(decodeBase64(base64))}\r`)

const timestampIn = (said: string): string => /<[^<>]+>/.exec(said)?.[0] ?? '<>'

const challengeIn = (said: string): string | undefined => /\+ (<[^<>]+>)\r\n$/.exec(decodeChallenges(said))?.[1]
