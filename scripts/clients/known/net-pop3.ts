/** Net::POP3 of Perl, with IO::Socket::SSL for TLS and Authen::SASL for AUTH. */
import type { InteropClient } from '../client.ts'
import { numberedFiles, withCrlf } from '../delivered.ts'
import { argumentsOf, programOf } from '../program.ts'

const withTls = ['perl', '-MIO::Socket::SSL', '-MAuthen::SASL', '-MDigest::HMAC_MD5', '-e', '1'] as const

export const netPop3: InteropClient = {
  name: 'Net::POP3',
  packages: ['perl', 'libio-socket-ssl-perl', 'libauthen-sasl-perl', 'libdigest-hmac-perl'],
  version: ['perl', '-MNet::POP3', '-e', 'print Net::POP3->VERSION'],
  needs: { starttls: withTls, implicit: withTls },
  logins: ['PASS', 'APOP', 'PLAIN', 'LOGIN', 'CRAM-MD5'],
  remembers: false,
  run: (errand) => ({ command: ['perl', programOf('fetch-with-net-pop3.pl'), ...argumentsOf(errand)] }),
  delivered: numberedFiles,
  changes: 'LF line ends, but CRLF under TLS, where it takes the `getline` of IO::Socket::SSL for its own',
  undo: (text, encryption) => (encryption === 'none' ? withCrlf(text) : text),
  avoids: {
    message: 'line-less-10-mb',
    encryptions: ['none'],
    why: 'in clear it takes a minute, since for each piece that arrives all that came of the line before is copied and searched again',
    survives: true,
  },
}
