/** The SASL mechanisms as a table: adding one is adding a file and its line here. */
import { cramMd5 } from './cram-md5.ts'
import { external } from './external.ts'
import { login } from './login.ts'
import type { SaslMechanism } from './mechanism.ts'
import { oauthBearer, xoauth2 } from './oauth.ts'
import { plain } from './plain.ts'
import { scramSha1, scramSha256 } from './scram.ts'
import { digestMd5, scramSha1Plus } from './unspoken.ts'

/** The name of a SASL mechanism. DIGEST-MD5 and SCRAM-SHA-1-PLUS are only announced: they refuse every response. */
export type SaslMechanismName =
  | 'PLAIN'
  | 'LOGIN'
  | 'CRAM-MD5'
  | 'SCRAM-SHA-1'
  | 'SCRAM-SHA-256'
  | 'SCRAM-SHA-1-PLUS'
  | 'DIGEST-MD5'
  | 'XOAUTH2'
  | 'OAUTHBEARER'
  | 'EXTERNAL'

/** The mechanisms by their names. */
export const mechanisms: ReadonlyMap<string, SaslMechanism> = new Map(
  [plain, login, cramMd5, scramSha1, scramSha256, scramSha1Plus, digestMd5, xoauth2, oauthBearer, external].map(
    (mechanism): [string, SaslMechanism] => [mechanism.name, mechanism],
  ),
)
