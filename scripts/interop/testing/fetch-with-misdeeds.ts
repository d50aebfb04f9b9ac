/** A client for the tests of the trials. The arguments are those of ../program.ts, and then a misdeed. */
import { readdirSync, writeFileSync } from 'node:fs'
import { Pop3Client } from '@pop3kit/client'

const [host = '', port = '', user = '', pass = '', , , errand, , misdeed] = process.argv.slice(2)
const seen = readdirSync('.').filter((name) => name.endsWith('.eml')).length
const client = await Pop3Client.connect({ host, port: Number(port), auth: { user, pass } })
const { messages } = await client.stat()
const last = misdeed === 'misses the last' ? messages - 1 : messages
const isNew = seen === 0 || misdeed === 'forgets'
for (let number = 1; number <= (isNew ? last : 0); number += 1) {
  const message = await client.retr(number)
  if (misdeed === 'damages') message[0] = 0x2a
  writeFileSync(`${seen + number}.eml`, message)
  if (errand === (misdeed === 'deletes what is to be kept' ? 'keep' : 'delete')) await client.dele(number)
}
if (misdeed !== 'does not commit') await client.quit()
await client.close()
process.exitCode = misdeed === 'fails' ? 1 : 0
