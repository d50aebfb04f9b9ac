/** Fetches a mailbox with yapople, which has no time limit. The arguments are those of ../program.ts. */
import { writeFileSync } from 'node:fs'
import { Client } from 'yapople'

const [host = '', port, username = '', password = ''] = process.argv.slice(2)
const client = new Client({ host, port: Number(port), username, password })
await client.connect()
// By number, and octets, whatever its types say.
const messages: readonly unknown[] = await client.retrieveAll()
for (const [number, message] of messages.entries())
  if (message instanceof Uint8Array) writeFileSync(`${number}.eml`, message)
await client.quit()
