/** Mail::POP3Client of Perl. */
import type { InteropClient } from '../client.ts'
import { numberedFiles } from '../delivered.ts'
import { argumentsOf, programOf } from '../program.ts'

export const mailPop3Client: InteropClient = {
  name: 'Mail::POP3Client',
  packages: ['perl', 'libmail-pop3client-perl', 'libdigest-hmac-perl', 'libio-socket-ssl-perl'],
  version: ['perl', '-MMail::POP3Client', '-MDigest::HMAC_MD5', '-e', 'print Mail::POP3Client->Version'],
  needs: { implicit: ['perl', '-MIO::Socket::SSL', '-e', '1'] },
  cannot: { starttls: 'it has none' },
  logins: ['PASS', 'APOP', 'CRAM-MD5'],
  remembers: false,
  run: (errand) => ({ command: ['perl', programOf('fetch-with-mail-pop3client.pl'), ...argumentsOf(errand)] }),
  delivered: numberedFiles,
  changes: 'nothing',
}
