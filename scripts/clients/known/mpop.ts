/** mpop, which hands each message to a delivery agent. */
import { authority, certificate, key, type InteropClient } from '../client.ts'
import { deliveryAgent, numberedFiles, withCrlf } from '../delivered.ts'

const protections = {
  none: ['tls off'],
  starttls: ['tls on', 'tls_starttls on'],
  implicit: ['tls on', 'tls_starttls off'],
}

export const mpop: InteropClient = {
  name: 'mpop',
  packages: ['mpop'],
  version: ['mpop', '--version'],
  logins: [
    'PASS',
    'APOP',
    'PLAIN',
    'LOGIN',
    'CRAM-MD5',
    'SCRAM-SHA-1',
    'SCRAM-SHA-256',
    'XOAUTH2',
    'OAUTHBEARER',
    'EXTERNAL',
  ],
  remembers: true,
  run: ({ host, port, user, password, encryption, login, keep }) => ({
    files: {
      deliver: deliveryAgent,
      mpoprc: [
        'account default',
        `host ${host}`,
        `port ${port}`,
        `user ${user}`,
        `password ${password}`,
        `auth ${login === undefined ? 'on' : login === 'PASS' ? 'user' : login.toLowerCase()}`,
        ...protections[encryption],
        ...(encryption === 'none' ? [] : [`tls_trust_file ${authority}`]),
        ...(login === 'EXTERNAL' ? [`tls_cert_file ${certificate}`, `tls_key_file ${key}`] : []),
        `keep ${keep ? 'on' : 'off'}`,
        'only_new on',
        'uidls_file seen',
        'delivery mda sh deliver',
        'timeout 60',
        '',
      ].join('\n'),
    },
    command: ['mpop', '--file=mpoprc'],
  }),
  mutters: /^(?:.* at .*:|new: .*|retrieving message .*)$/gm,
  delivered: numberedFiles,
  changes: '`Received:` before the header; LF line ends',
  undo: (text) => withCrlf(text.replace(/^Received: from .*\n\tby .* \(mpop-.*\) with POP3\n\tfor .*\n/, '')),
}
