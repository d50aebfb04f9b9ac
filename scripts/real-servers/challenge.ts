/** Answers to challenges. A case cannot know what a server will ask, so it has `<apop wonderland>` where the digest is to stand. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

/** The nonce of the client in each SCRAM exchange. */
const CLIENT_NONCE = 'pop3kit'

/**
 * Puts digests where a text has `<apop PASSWORD>` (RFC 1939 section 7; `<APOP PASSWORD>` in upper case), `<cram-md5 USER PASSWORD>`
 * (RFC 2195; sha1 and sha256 likewise) or `<scram-sha-1 USER PASSWORD>` (RFC 5802, the last message; sha-256 likewise).
 *
 * @param heard all that the server has said in this connection
 */
export function answerChallenges(text: string, heard: string): string {
  return text.replaceAll(
    /<(apop|(?:cram|scram)-[\w-]+) (?:(\w+) )?(\w+)>/gi,
    (_, name: string, user: string, password: string) => {
      if (/^apop$/i.test(name)) {
        const timestamp = /<[^>]*>/.exec(heard)?.[0] ?? ''
        const digest = createHash('md5')
          .update(timestamp + password)
          .digest('hex')
        return name === 'APOP' ? digest.toUpperCase() : digest
      }
      const challenge = lastChallenge(heard) ?? ''
      const [, family, hash = ''] = /^(s?cram)-(.*)$/.exec(name) ?? []
      const algorithm = hash.replace('-', '')
      const answer =
        family === 'cram'
          ? `${user} ${createHmac(algorithm, password).update(challenge, 'latin1').digest('hex')}`
          : scramFinal(algorithm, user, password, challenge)
      return Buffer.from(answer).toString('base64')
    },
  )
}

/** The text of the last challenge. `undefined`: there is none that is text. */
export function lastChallenge(heard: string): string | undefined {
  const base64 = [...heard.matchAll(/^\+ ([A-Za-z0-9+/]+=*)\r\n/gm)].at(-1)?.[1]
  const text = base64 === undefined ? '' : Buffer.from(base64, 'base64').toString('latin1')
  return /^[ -~]+$/.test(text) ? text : undefined
}

function scramFinal(algorithm: string, user: string, password: string, serverFirst: string): string {
  const [, nonce = '', salt = '', iterations = '1'] = /^r=([^,]*),s=([^,]*),i=(\d+)/.exec(serverFirst) ?? []
  const withoutProof = `c=biws,r=${nonce}`
  const signed = `n=${user},r=${CLIENT_NONCE},${serverFirst},${withoutProof}`
  const length = createHash(algorithm).digest().length
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), length, algorithm)
  const clientKey = createHmac(algorithm, salted).update('Client Key').digest()
  const storedKey = createHash(algorithm).update(clientKey).digest()
  const signature = createHmac(algorithm, storedKey).update(signed).digest()
  const proof = clientKey.map((octet, index) => octet ^ (signature[index] ?? 0))
  return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`
}
