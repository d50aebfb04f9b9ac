/** The MIME library. It takes tens of milliseconds to load, and only those who compose need it. */
import { createRequire } from 'node:module'
import type addressparser from 'nodemailer/lib/addressparser'
import type * as Base64 from 'nodemailer/lib/base64'
import type MailComposer from 'nodemailer/lib/mail-composer'
import type * as QuotedPrintable from 'nodemailer/lib/qp'

interface Library {
  /** A module or the class (the function) itself, as the conditions of the process are: `default` is it in both. */
  readonly 'nodemailer/lib/mail-composer': { readonly default: typeof MailComposer }
  readonly 'nodemailer/lib/addressparser': { readonly default: typeof addressparser }
  readonly 'nodemailer/lib/base64': typeof Base64
  readonly 'nodemailer/lib/qp': typeof QuotedPrintable
}

/** Loads a part of it. A `require` and no `import()`: Jest's CommonJS mode has none of the latter. */
export const load: <Name extends keyof Library>(name: Name) => Library[Name] = createRequire(import.meta.url)
