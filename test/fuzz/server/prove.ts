/** Logins that answer a challenge of the server. */
import {
  type ScramHash,
  apopDigest,
  cramMd5Response,
  decodeBase64,
  encodeBase64,
  formatScramClientFinal,
  formatScramClientFirst,
  parseScramServerFirst,
  scramAuthMessage,
  scramClientProof,
  scramKeys,
} from '@pop3kit/codec'
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import type { ProofMechanism } from './case.ts'

/** Says a line and hears what the server says to it, up to now. */
export type Ask = (line: string) => Promise<string>

const hashes: Readonly<Record<'SCRAM-SHA-1' | 'SCRAM-SHA-256', readonly [ScramHash['name'], string, number]>> = {
  'SCRAM-SHA-1': ['SHA-1', 'sha1', 20],
  'SCRAM-SHA-256': ['SHA-256', 'sha256', 32],
}

function hashOf(mechanism: keyof typeof hashes): ScramHash {
  const [name, algorithm, octets] = hashes[mechanism]
  return {
    name,
    hash: (data) => createHash(algorithm).update(data).digest(),
    hmac: (key, data) => createHmac(algorithm, key).update(data).digest(),
    pbkdf2: (password, salt, rounds) => pbkdf2Sync(password, salt, rounds, octets, algorithm),
  }
}

/** The octets of a challenge; none where the server says something else. */
function challengeIn(answer: string): Uint8Array | undefined {
  const text = /^\+ (\S*)\r\n$/.exec(answer)?.[1]
  return text === undefined ? undefined : decodeBase64(text)
}

/** Proves that it knows a secret, as far as the server plays along. */
export async function prove(
  ask: Ask,
  { mechanism, user, secret, heard }: { mechanism: ProofMechanism; user: string; secret: string; heard: string },
): Promise<void> {
  if (mechanism === 'APOP') {
    const timestamp = /^\+OK [^\r]*(<[^\r<>]+>)/.exec(heard)?.[1]
    if (timestamp !== undefined) await ask(`APOP ${user} ${apopDigest(timestamp, secret)}`)
    return
  }
  if (mechanism === 'CRAM-MD5') {
    const challenge = challengeIn(await ask('AUTH CRAM-MD5'))
    if (challenge !== undefined) await ask(encodeBase64(cramMd5Response({ user, secret, challenge })))
    return
  }
  const hash = hashOf(mechanism)
  const clientFirst = formatScramClientFirst({ user, nonce: 'rOprNGfwEbeRWgbNEkqO' })
  const serverFirst = challengeIn(await ask(`AUTH ${mechanism} ${encodeBase64(clientFirst)}`))
  if (serverFirst === undefined) return
  const challenge = parseScramServerFirst(serverFirst, 'rOprNGfwEbeRWgbNEkqO')
  const unproved = formatScramClientFinal({ nonce: challenge.nonce })
  const authMessage = scramAuthMessage({ clientFirst, serverFirst, clientFinal: unproved })
  const proof = scramClientProof(hash, scramKeys(hash, secret, challenge), authMessage)
  const answer = await ask(encodeBase64(formatScramClientFinal({ nonce: challenge.nonce, proof })))
  if (challengeIn(answer) !== undefined) await ask('')
}
