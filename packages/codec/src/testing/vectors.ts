/** The published vectors (fixtures/vectors/README.md), as the tests read them: octets are Latin-1 text, one character an octet. */
import { readFileSync } from 'node:fs'
import type { CramMd5Response } from '../sasl/cram-md5.ts'
import type { OauthBearerCredentials } from '../sasl/oauthbearer.ts'
import type { PlainCredentials } from '../sasl/plain.ts'
import type { ReceivedScramClientFirst } from '../sasl/scram/client-first.ts'
import type { ScramServerFirst } from '../sasl/scram/server-first.ts'
import type { Xoauth2Credentials } from '../sasl/xoauth2.ts'

interface Sourced {
  readonly source?: readonly string[]
}

interface StuffingVector extends Sourced {
  readonly name: string
  readonly content: string
  readonly wire: string
  readonly received?: string
}

interface ReplyVector extends Sourced {
  readonly name: string
  readonly octets: string
  readonly multiLine: readonly boolean[]
  readonly readings: readonly ({
    readonly lineEndings: readonly ('strict' | 'lenient' | 'adaptive')[]
  } & ReplyReading)[]
}

export interface ReplyReading {
  readonly replies: readonly {
    readonly line: string
    readonly offset: number
    readonly body?: string
    readonly ended?: boolean
  }[]
  readonly pending?: string
  readonly error?: { readonly offset: number }
}

interface CommandVector extends Sourced {
  readonly name: string
  readonly octets: string
  readonly maxOctets?: number
  readonly readings: readonly ({
    readonly lineEndings: readonly ('strict' | 'lenient')[]
    readonly blanks: readonly ('strict' | 'lenient')[]
  } & CommandReading)[]
}

export interface CommandReading {
  readonly commands: readonly (
    | { readonly verb: string; readonly argument: string | null; readonly offset: number }
    | { readonly tooLong: true; readonly offset: number }
  )[]
  readonly pending: string
}

/** What a line means to a strict and to a lenient reader; `null` when it refuses it. */
export interface ListingVector<Listing> extends Sourced {
  readonly line: string
  readonly strict: Listing | null
  readonly lenient: Listing | null
}

interface Base64Vector extends Sourced {
  readonly name: string
  readonly text: string
  readonly octets?: string
  readonly error?: { readonly offset: number }
}

/** What a message means; `null` when it is refused. */
export interface MessageVector<Meaning> extends Sourced {
  readonly name: string
  readonly message: string
  readonly means: Meaning | null
}

interface ScramExchangeVector {
  readonly name: string
  readonly mechanism: 'SCRAM-SHA-1' | 'SCRAM-SHA-256'
  readonly user: string
  readonly password: string
  readonly clientNonce: string
  readonly serverNonce: string
  readonly salt: string
  readonly iterations: number
  readonly messages: readonly string[]
}

export interface Vectors {
  readonly stuffing: { readonly cases: readonly StuffingVector[] }
  readonly framing: { readonly replies: readonly ReplyVector[]; readonly commands: readonly CommandVector[] }
  readonly listings: {
    readonly dropListings: readonly ListingVector<{ readonly messages: number; readonly octets: number }>[]
    readonly scanListings: readonly ListingVector<{ readonly number: number; readonly octets: number }>[]
    readonly uniqueIdListings: readonly ListingVector<{ readonly number: number; readonly uniqueId: string }>[]
    readonly capabilities: readonly ListingVector<{ readonly tag: string; readonly params: readonly string[] }>[]
  }
  readonly sasl: {
    readonly base64: readonly Base64Vector[]
    readonly plain: readonly MessageVector<PlainCredentials>[]
    readonly cramMd5: readonly MessageVector<CramMd5Response>[]
    readonly xoauth2: readonly MessageVector<Xoauth2Credentials>[]
    readonly oauthBearer: readonly MessageVector<OauthBearerCredentials>[]
    readonly scram: {
      readonly exchanges: readonly ScramExchangeVector[]
      readonly clientFirst: readonly MessageVector<ReceivedScramClientFirst>[]
      readonly serverFirst: readonly MessageVector<Omit<ScramServerFirst, 'salt'> & { readonly salt: string }>[]
      readonly clientFinal: readonly MessageVector<{ readonly proof: string }>[]
      readonly serverFinal: readonly MessageVector<{ readonly signature?: string; readonly error?: string }>[]
    }
  }
}

const FOLDER = new URL('../../../../fixtures/vectors/', import.meta.url)

export function readVectors<Name extends keyof Vectors>(name: Name): Vectors[Name] {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'))
}

/** The title of a case: its name, and the requirements it comes from. */
export function titleOf({
  name,
  line,
  source = [],
}: Sourced & { readonly name?: string; readonly line?: string }): string {
  const what = name ?? JSON.stringify(line)
  return source.length === 0 ? what : `${source.join(', ')}: ${what}`
}
