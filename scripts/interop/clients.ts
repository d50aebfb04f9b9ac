/** The clients of the trials, in the order of docs/interop.md. */
import type { InteropClient } from '../clients/client.ts'
import { curl } from '../clients/known/curl.ts'
import { fetchmail } from '../clients/known/fetchmail.ts'
import { getmail } from '../clients/known/getmail.ts'
import { jakartaMail } from '../clients/known/jakarta-mail.ts'
import { mailPop3Client } from '../clients/known/mail-pop3client.ts'
import { mpop } from '../clients/known/mpop.ts'
import { mutt } from '../clients/known/mutt.ts'
import { netPop3 } from '../clients/known/net-pop3.ts'
import { phpImap } from '../clients/known/php-imap.ts'
import { poplib } from '../clients/known/poplib.ts'

export const clients: readonly InteropClient[] = [
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

export function clientNamed(name: string): InteropClient {
  const client = clients.find((one) => one.name === name)
  if (client !== undefined) return client
  throw new Error(`Cannot try "${name}": expected one of ${clients.map((one) => `"${one.name}"`).join(', ')}`)
}
