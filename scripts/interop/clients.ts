/** The clients of the trials, in the order of docs/interop.md. */
import type { Client } from './client.ts'
import { curl } from './clients/curl.ts'
import { fetchmail } from './clients/fetchmail.ts'
import { getmail } from './clients/getmail.ts'
import { jakartaMail } from './clients/jakarta-mail.ts'
import { mailPop3Client } from './clients/mail-pop3client.ts'
import { mpop } from './clients/mpop.ts'
import { mutt } from './clients/mutt.ts'
import { netPop3 } from './clients/net-pop3.ts'
import { phpImap } from './clients/php-imap.ts'
import { poplib } from './clients/poplib.ts'

export const clients: readonly Client[] = [
  fetchmail,
  mpop,
  getmail,
  curl,
  mutt,
  netPop3,
  poplib,
  mailPop3Client,
  phpImap,
  jakartaMail,
]

export function clientNamed(name: string): Client {
  const client = clients.find((one) => one.name === name)
  if (client !== undefined) return client
  throw new Error(`Cannot try "${name}": expected one of ${clients.map((one) => `"${one.name}"`).join(', ')}`)
}
