/** curl, which takes one message, or a range of them, a URL. */
import { authority, certificate, key, type InteropClient, type Errand } from '../client.ts'
import { numberedFiles } from '../delivered.ts'

export const curl: InteropClient = {
  name: 'curl',
  packages: ['curl'],
  version: ['curl', '--version'],
  // With a token it takes OAUTHBEARER where the server has it, whatever it is told.
  logins: ['APOP', 'PLAIN', 'LOGIN', 'CRAM-MD5', 'OAUTHBEARER', 'EXTERNAL'],
  remembers: false,
  run: (errand) => {
    const { host, port, count, encryption, keep } = errand
    const options = ['--silent', '--show-error', '--max-time', '60', ...accountOptions(errand)]
    const all = `${encryption === 'implicit' ? 'pop3s' : 'pop3'}://${host}:${port}/[1-${count}]`
    const deletion = ['--next', ...options, '--head', '--request', 'DELE', all]
    return { command: ['curl', ...options, '--output', '#1.eml', all, ...(keep ? [] : deletion)] }
  },
  delivered: numberedFiles,
  changes: 'nothing',
  alters: [
    {
      messages: ['empty'],
      what: 'the CRLF of the status line is taken for the one before the terminator, and given back',
      accepts: (got) => got === '\r\n',
    },
  ],
}

function accountOptions({ user, password, encryption, login }: Errand): string[] {
  const options = ['--cacert', authority]
  if (encryption === 'starttls') options.push('--ssl-reqd')
  if (login !== undefined) options.push('--login-options', `AUTH=${login === 'APOP' ? '+APOP' : login}`)
  if (login === 'EXTERNAL') return [...options, '--user', `${user}:`, '--cert', certificate, '--key', key]
  if (login === 'OAUTHBEARER') return [...options, '--user', user, '--oauth2-bearer', password]
  return [...options, '--user', `${user}:${password}`]
}
