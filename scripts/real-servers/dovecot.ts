/** Dovecot with its own defaults, and with all mechanisms, APOP, LAST and the lock on the maildrop. */
import { join } from 'node:path'
import { MAIL_OWNER, maildir, fileName } from './maildir.ts'
import { messages, users } from './maildrop.ts'
import { CERTIFICATE, type Place, type Preparation, type Product } from './product.ts'

const packages = ['dovecot-pop3d']

export const dovecot: Product = { packages, prepare: (place) => prepare(place, 'auth_mechanisms = plain login') }

export const dovecotFull: Product = {
  packages,
  prepare: (place) =>
    prepare(
      place,
      `auth_mechanisms = plain login cram-md5 apop digest-md5 scram-sha-1 scram-sha-256
pop3_lock_session = yes
pop3_enable_last = yes`,
    ),
}

function prepare(place: Place, settings: string): Preparation {
  const passwords = Object.entries(users).map(([user, password]) => {
    return `${user}:{PLAIN}${password}:${MAIL_OWNER}:${MAIL_OWNER}::${join(place.folder, user)}::\n`
  })
  // Unique-ids are made of the validity in this list.
  const uidList = ['3 V1123934400 N8 G0123456789abcdef0123456789abcdef']
  for (const [index] of messages.entries()) uidList.push(`${index + 1} :${fileName(index + 1)}`)
  return {
    files: { 'dovecot/dovecot.conf': configuration(place, settings), 'dovecot/users': passwords.join('') },
    start: 'dovecot -F &',
    maildrop: maildir(place.folder, { 'dovecot-uidlist': `${uidList.join('\n')}\n` }),
  }
}

/** Without the penalty of addresses that gave wrong passwords, which would make each case depend on those before. */
function configuration({ port, tlsPort }: Place, settings: string): string {
  return `protocols = pop3
listen = 127.0.0.1
log_path = /dev/stderr
mail_location = maildir:~/Maildir
ssl = yes
ssl_cert = <${CERTIFICATE}
ssl_key = <${CERTIFICATE}
passdb {
  driver = passwd-file
  args = /etc/dovecot/users
}
userdb {
  driver = passwd-file
  args = /etc/dovecot/users
}
service pop3-login {
  inet_listener pop3 {
    port = ${port}
  }
  inet_listener pop3s {
    port = ${tlsPort}
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${settings}
`
}
