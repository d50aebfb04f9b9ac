/** The SASL mechanisms as a table: adding one is adding a file and its line here. */
import { cramMd5 } from './cram-md5.ts'
import { cramSha1 } from './cram-sha1.ts'
import { external } from './external.ts'
import { login } from './login.ts'
import type { SaslMechanism } from './mechanism.ts'
import { oauthBearer, xoauth2 } from './oauth.ts'
import { plain } from './plain.ts'
import { scramSha1, scramSha256 } from './scram.ts'
import { cramSha256, digestMd5, scramSha1Plus } from './unspoken.ts'

/** The name of a SASL mechanism. CRAM-SHA256, DIGEST-MD5 and SCRAM-SHA-1-PLUS only begin: they refuse every response. */
export type SaslMechanismName =
  | 'PLAIN'
  | 'LOGIN'
  | 'CRAM-MD5'
  | 'CRAM-SHA1'
  | 'CRAM-SHA256'
  | 'SCRAM-SHA-1'
  | 'SCRAM-SHA-256'
  | 'SCRAM-SHA-1-PLUS'
  | 'DIGEST-MD5'
  | 'XOAUTH2'
  | 'OAUTHBEARER'
  | 'EXTERNAL'

/** The mechanisms by their names. */
export const mechanisms: ReadonlyMap<string, SaslMechanism> = new Map(
  [
    plain,
    login,
    cramMd5,
    cramSha1,
    cramSha256,
    scramSha1,
    scramSha256,
    scramSha1Plus,
    digestMd5,
    xoauth2,
    oauthBearer,
    external,
  ].map((mechanism): [string, SaslMechanism] => [mechanism.name, mechanism]),
)
