/** Fetches a mailbox with node-pop3. The arguments are those of ../program.ts. */
import { writeFileSync } from 'node:fs'
import Pop3Command from 'node-pop3'

const [host = '', port, user = '', password = ''] = process.argv.slice(2)
const client = new Pop3Command({ host, port: Number(port), user, password, timeout: 60_000 })
const listing = await client.UIDL()
for (const [number] of listing) writeFileSync(`${number}.eml`, await client.RETR(Number(number)))
await client.QUIT()
