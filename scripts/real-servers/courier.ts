/** Courier with Debian's defaults and the STLS that they have, and with its mechanisms announced. */
import { join } from 'node:path'
import { MAIL_OWNER, maildir } from './maildir.ts'
import { users } from './maildrop.ts'
import { CERTIFICATE, type Place, type Preparation, type Product } from './product.ts'

const packages = ['courier-pop', 'courier-authlib-userdb']

export const courier: Product = { packages, prepare: (place) => prepare(place, '') }

export const courierFull: Product = { packages, prepare: (place) => prepare(place, 'PLAIN LOGIN CRAM-MD5 CRAM-SHA1') }

/** The configuration is shell code, so that what is appended to Debian's has the last word. */
function prepare({ port, tlsPort, folder }: Place, mechanisms: string): Preparation {
  const accounts = Object.entries(users).map(([user, password]) => {
    const home = join(folder, user)
    return `userdb ${user} set uid=${MAIL_OWNER} gid=${MAIL_OWNER} home=${home} mail=${join(home, 'Maildir')}
${secret(user, password, 'systempw', '')}
${secret(user, password, 'hmac-md5pw', '-hmac-md5')}
${secret(user, password, 'hmac-sha1pw', '-hmac-sha1')}`
  })
  const start = `cat >> /etc/courier/authdaemonrc << END
authmodulelist="authuserdb"
END
cat >> /etc/courier/pop3d << END
ADDRESS=127.0.0.1
PORT=${port}
POP3AUTH="${mechanisms}"
POP3AUTH_TLS="LOGIN PLAIN"
END
cat >> /etc/courier/pop3d-ssl << END
SSLADDRESS=127.0.0.1
SSLPORT=${tlsPort}
TLS_CERTFILE=${CERTIFICATE}
END
chown courier ${CERTIFICATE}
${accounts.join('\n')}
makeuserdb
install -d -o courier -g courier -m 775 /run/courier /run/courier/authdaemon
authdaemond start
pop3d-ssl start
pop3d start`
  return { files: {}, start, maildrop: maildir(folder) }
}

function secret(user: string, password: string, field: string, form: string): string {
  return `echo ${password} | userdbpw ${form} | userdb ${user} set ${field}`
}
