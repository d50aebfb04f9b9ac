/** Cyrus with Debian's defaults and plain mechanisms, and with all mechanisms and APOP. Its mail goes in and out by IMAP. */
import { join } from 'node:path'
import { imapMaildrop } from './imap-maildrop.ts'
import { users } from './maildrop.ts'
import { CERTIFICATE, type Place, type Preparation, type Product } from './product.ts'
import { HOST_NAME } from './view.ts'

const packages = ['cyrus-pop3d', 'cyrus-imapd', 'sasl2-bin', 'libsasl2-modules']

export const cyrus: Product = {
  packages,
  prepare: (place) => prepare(place, 'sasl_mech_list: PLAIN LOGIN\nallowapop: no'),
}

export const cyrusFull: Product = {
  packages,
  prepare: (place) => prepare(place, 'sasl_mech_list: PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1\nallowapop: yes'),
}

function prepare({ port, tlsPort, otherPort, folder }: Place, settings: string): Preparation {
  const passwords = Object.entries(users).map(
    ([user, password]) => `echo ${password} | saslpasswd2 -p -c -u ${HOST_NAME} ${user}`,
  )
  const services = `START {
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -r"
}
SERVICES {
  imap cmd="imapd -U 30" listen="127.0.0.1:${otherPort}"
  pop3s cmd="pop3d -s -U 30" listen="127.0.0.1:${tlsPort}" maxchild=50
  pop3 cmd="pop3d -U 30" listen="127.0.0.1:${port}" maxchild=50
}
EVENTS {
}
`
  const start = `${passwords.join('\n')}
install -d -o cyrus ${folder}/config ${folder}/spool
chown cyrus ${CERTIFICATE} /etc/sasldb2
install -d -o cyrus /run/cyrus /run/cyrus/proc /run/cyrus/lock /run/cyrus/socket
runuser -u cyrus -- /usr/lib/cyrus/bin/makedirs
/usr/lib/cyrus/bin/master &`
  return {
    files: { 'cyrus.conf': services, 'imapd.conf': configuration(folder, settings) },
    start,
    maildrop: imapMaildrop(otherPort, join(folder, 'spool')),
  }
}

function configuration(folder: string, settings: string): string {
  return `configdirectory: ${folder}/config
proc_path: /run/cyrus/proc
mboxname_lockpath: /run/cyrus/lock
defaultpartition: default
partition-default: ${folder}/spool
servername: ${HOST_NAME}
syslog_prefix: cyrus
autocreate_quota: 0
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auto_transition: no
tls_server_cert: ${CERTIFICATE}
tls_server_key: ${CERTIFICATE}
idlesocket: /run/cyrus/socket/idle
lmtpsocket: /run/cyrus/socket/lmtp
notifysocket: /run/cyrus/socket/notify
${settings}
`
}
