/** getmail6, which hands each message to a delivery agent. */
import { authority, type InteropClient } from '../client.ts'
import { deliveryAgent, numberedFiles, withCrlf } from '../delivered.ts'

/** What its `getmail` puts before a message. It has a `Return-Path:` of its own where there is none. */
const added =
  /^(?:Return-Path: <unknown>\n|(Return-Path: .*\n))Delivered-To: unknown\nReceived: from .*\n(?:[ \t].*\n)+/

export const getmail: InteropClient = {
  name: 'getmail6',
  packages: ['getmail6'],
  version: ['getmail', '--version'],
  cannot: { starttls: 'it has none' },
  logins: ['PASS', 'APOP'],
  remembers: true,
  // It may miss that its delivery agent has ended, and waits for it until this time is up: `timeout`, in seconds.
  race: /waiting child pid \d+ timed out/,
  run: ({ host, port, user, password, encryption, login, keep, folder }) => ({
    files: {
      deliver: deliveryAgent,
      getmailrc: [
        '[retriever]',
        `type = SimplePOP3${encryption === 'implicit' ? 'SSL' : ''}Retriever`,
        `server = ${host}`,
        `port = ${port}`,
        `username = ${user}`,
        `password = ${password}`,
        'timeout = 15',
        `use_apop = ${login === 'APOP' ? 'true' : 'false'}`,
        ...(encryption === 'implicit' ? [`ca_certs = ${folder}/${authority}`] : []),
        '[destination]',
        'type = MDA_external',
        'path = /bin/sh',
        "arguments = ('deliver',)",
        'allow_root_commands = true',
        '[options]',
        'read_all = false',
        `delete = ${keep ? 'false' : 'true'}`,
        '',
      ].join('\n'),
    },
    command: ['getmail', `--getmaildir=${folder}`],
  }),
  delivered: numberedFiles,
  changes: '`Return-Path:`, `Delivered-To:` and `Received:` before the header; LF line ends',
  undo: (text) => withCrlf(text.replace(added, '$1')),
  alters: [
    {
      messages: ['6.eml', '7.eml'],
      what: 'header lines of more than 78 octets are folded anew',
      accepts: (got, sent) => got === refolded(sent),
    },
    {
      messages: ['header-only', 'empty'],
      what: 'the empty line that ends a header is added',
      accepts: (got, sent) => got === `${sent}\r\n`,
    },
    {
      messages: ['bare-cr', 'cr-before-crlf'],
      what: 'every CR becomes an end of line',
      accepts: (got, sent) => got === sent.replaceAll('\r\n', '\n').replaceAll(/\r\n|\r|\n/g, '\r\n'),
    },
    {
      messages: ['mbox-from-line'],
      what: 'the `From ` line is left out',
      accepts: (got, sent) => got === sent.replace(/^From .*\r\n/, ''),
    },
  ],
  avoids: {
    message: 'line-less-10-mb',
    encryptions: ['none', 'implicit'],
    why: 'a line of more than a megabyte is given up in the middle, and what is left of it is taken for the replies to the commands that follow: messages arrive under the unique-ids of others, and the last ones never',
    survives: false,
  },
}

/** The header as Python's email package writes it. */
function refolded(text: string): string {
  const end = text.indexOf('\r\n\r\n')
  const header = text
    .slice(0, end)
    .replaceAll(/^([\w-]+:)(?=\r\n[ \t])/gm, '$1 ')
    .replaceAll(/^(?=.{79})([\w-]+: )(\S+)$/gm, '$1\r\n $2')
    .replaceAll(/^(?=.{79})(.{1,78}) (\S+)/gm, '$1\r\n $2')
  return header + text.slice(end)
}
