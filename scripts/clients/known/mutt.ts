/** mutt on a terminal of its own, told to fetch mail into an MH folder and to leave. */
import { authority, type InteropClient } from '../client.ts'
import { numberedFiles, withCrlf } from '../delivered.ts'

const schemes = { none: 'pop', starttls: 'pop', implicit: 'pops' }

export const mutt: InteropClient = {
  name: 'mutt',
  packages: ['mutt'],
  version: ['mutt', '-v'],
  logins: ['PASS', 'APOP', 'PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'XOAUTH2', 'OAUTHBEARER'],
  remembers: false,
  run: ({ host, port, user, password, encryption, login, keep, folder }) => ({
    files: {
      // What makes a folder one of MH.
      'mail/.mh_sequences': '',
      muttrc: [
        `set pop_host='${schemes[encryption]}://${host}:${port}'`,
        `set pop_user='${user}' pop_pass='${password}'`,
        ...(login === 'XOAUTH2' || login === 'OAUTHBEARER' ? [`set pop_oauth_refresh_command='echo ${password}'`] : []),
        `set pop_authenticators='${login === 'PASS' ? 'user' : (login ?? '').toLowerCase()}'`,
        `set ssl_starttls=${encryption === 'starttls' ? 'yes' : 'no'} ssl_force_tls=${encryption === 'none' ? 'no' : 'yes'}`,
        `set certificate_file='${folder}/${authority}'`,
        `set pop_delete=${keep ? 'no' : 'yes'} pop_checkinterval=0`,
        `set mbox_type=MH folder='${folder}' spoolfile='${folder}/mail'`,
        'set header_cache="" confirmappend=no quit=yes wait_key=no sleep_time=0',
        'push <fetch-mail><exit>',
        '',
      ].join('\n'),
    },
    env: { TERM: 'vt100' },
    command: ['script', '--quiet', '--return', '--command', 'mutt -n -F muttrc', 'screen'],
  }),
  delivered: (folder) => numberedFiles(`${folder}/mail`),
  changes: 'LF line ends',
  undo: withCrlf,
  alters: [
    {
      messages: ['nul'],
      what: 'what follows a NUL on its line is lost',
      accepts: (got, sent) => got === sent.replaceAll(/\0[^\r\n]*/g, ''),
    },
  ],
}
