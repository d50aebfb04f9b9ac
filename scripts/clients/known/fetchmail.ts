/** fetchmail, which hands each message to a delivery agent. */
import { authority, type Client, type Errand, type InteropClient, type Login, type Run } from '../client.ts'
import { deliveryAgent, numberedFiles, withCrlf } from '../delivered.ts'

const protections = {
  none: "sslproto ''",
  starttls: "sslproto 'TLS1.2+' sslcertck",
  implicit: "ssl sslproto 'TLS1.2+' sslcertck",
}

const logins: Partial<Readonly<Record<Login, string>>> = {
  PASS: 'auth password',
  APOP: 'protocol APOP',
  'CRAM-MD5': 'auth cram-md5',
}

/** What it adds to a message. */
const received = /Received: from .*\n\tby .* with POP3 \(fetchmail-.*\)\n\tfor .* \(single-drop\); .*\n/
const header = /^From: FETCHMAIL-DAEMON\nTo: .*\nSubject: Headerless mail from .*\n/

/** What is new is fetched by TOP, since it is kept; all by RETR. */
type Wanted = 'uidl' | 'fetchall'

function runFor(wanted: Wanted, { host, port, user, password, encryption, login, keep, folder }: Errand): Run {
  return {
    files: {
      fetchmailrc: [
        `set idfile '${folder}/seen'`,
        `set pidfile '${folder}/pid'`,
        `poll ${host} service ${port} protocol POP3 ${(login && logins[login]) ?? ''} timeout 60 ${wanted === 'uidl' ? 'uidl' : ''}`,
        `  user '${user}' password '${password}' ${protections[encryption]} sslcertfile '${authority}'`,
        `  ${keep ? 'keep' : 'nokeep'} ${wanted === 'fetchall' ? 'fetchall' : ''} no rewrite mda 'sh deliver'`,
        '',
      ].join('\n'),
      deliver: deliveryAgent,
    },
    env: { FETCHMAILHOME: folder },
    command: ['fetchmail', '--fetchmailrc', 'fetchmailrc', '--nodetach', '--nosyslog'],
  }
}

export const fetchmail: InteropClient = {
  name: 'fetchmail',
  packages: ['fetchmail'],
  version: ['fetchmail', '--version'],
  logins: ['PASS', 'APOP', 'CRAM-MD5'],
  remembers: true,
  run: (errand) => runFor('uidl', errand),
  // There was nothing to fetch.
  contentWith: [1],
  mutters: /^(?:fetchmail: WARNING: Running as root is discouraged\.|\d+ messages? for .*|reading message .*)$/gm,
  delivered: numberedFiles,
  changes: '`Received:` in the header, and a whole header where there is none; LF line ends',
  undo: (text) => withCrlf(text.replace(received, '').replace(header, '')),
  alters: [
    {
      messages: ['line-less-10-mb'],
      what: 'after every 8191 octets of the line it puts NUL, an octet that happens to be in its memory, and an end of line',
      accepts: (got, sent) => got.replaceAll(/(?<=.{8191})\0[^]{1,2}\r\n/g, '') === sent,
    },
    {
      messages: ['header-only', 'empty'],
      what: 'the empty line that ends a header is added',
      accepts: (got, sent) => got === `${sent}\r\n`,
    },
    {
      messages: ['bare-cr', 'cr-before-crlf'],
      what: 'every CR that ends no line is left out',
      accepts: (got, sent) => got === sent.replaceAll(/\r(?!\n)/g, ''),
    },
    {
      messages: ['mbox-from-line'],
      what: 'the `From ` line is left out',
      accepts: (got, sent) => got === sent.replace(/^From .*\r\n/, ''),
    },
  ],
}

/** fetchmail that fetches all there is. */
export const fetchmailForAll: Client = { ...fetchmail, run: (errand) => runFor('fetchall', errand) }
/** fetchmail that fetches what it has not seen. */
export const fetchmailForNew: Client = { ...fetchmail, name: 'fetchmail, uidl' }
