/** The imap extension of PHP, which is the c-client of the University of Washington. */
import { authority, type InteropClient } from '../client.ts'
import { numberedFiles } from '../delivered.ts'
import { argumentsOf, programOf } from '../program.ts'

export const phpImap: InteropClient = {
  name: 'PHP imap',
  packages: ['php8.2-cli', 'php8.2-imap'],
  version: ['php', '-r', 'extension_loaded("imap") || exit(1); print PHP_VERSION;'],
  cannot: { starttls: 'its handshake is one of TLS 1.0, which nobody accepts any more (RFC 8996)' },
  logins: ['PASS', 'PLAIN', 'LOGIN', 'CRAM-MD5'],
  remembers: false,
  run: (errand) => ({
    // It takes the authorities that OpenSSL takes.
    env: { SSL_CERT_FILE: `${errand.folder}/${authority}` },
    command: ['php', programOf('fetch-with-php-imap.php'), ...argumentsOf(errand)],
  }),
  delivered: numberedFiles,
  changes: 'nothing',
  alters: [
    {
      messages: ['nul'],
      what: 'what follows a NUL on its line is lost',
      accepts: (got, sent) => got === sent.replaceAll(/\0[^\r\n]*/g, ''),
    },
  ],
}
