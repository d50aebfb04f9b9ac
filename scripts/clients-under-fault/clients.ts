/** The clients that are put under fault, in the order of docs/clients-under-fault.md. */
import type { Client } from '../clients/client.ts'
import { curlAll, curlEach } from '../clients/known/curl-scripts.ts'
import { fetchmailForAll, fetchmailForNew } from '../clients/known/fetchmail.ts'
import { mpop } from '../clients/known/mpop.ts'
import { netPop3 } from '../clients/known/net-pop3.ts'
import { nodePop3 } from '../clients/known/node-pop3.ts'
import { poplib } from '../clients/known/poplib.ts'
import { yapople } from '../clients/known/yapople.ts'

export const clients: readonly Client[] = [
  nodePop3,
  yapople,
  curlEach,
  curlAll,
  poplib,
  netPop3,
  mpop,
  fetchmailForAll,
  fetchmailForNew,
]

export function clientNamed(name: string): Client {
  const client = clients.find((one) => one.name === name)
  if (client !== undefined) return client
  throw new Error(`Cannot try "${name}": expected one of ${clients.map((one) => `"${one.name}"`).join(', ')}`)
}
