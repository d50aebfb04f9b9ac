/** The MIME library. It takes tens of milliseconds to load, and only those who compose need it. */
import { createRequire } from 'node:module'
import type MailComposer from 'nodemailer/lib/mail-composer'

const load: (name: 'nodemailer/lib/mail-composer') => { readonly default: typeof MailComposer } = createRequire(
  import.meta.url,
)

/**
 * Loads it. A `require` and no `import()`: Jest's CommonJS mode has none of the latter. What it gives is a module or the class itself, as
 * the conditions of the process are; `default` is the class in both.
 */
export function loadComposer(): typeof MailComposer {
  return load('nodemailer/lib/mail-composer').default
}
