/** POP3_URL says where the mail is, POP3_PASSWORD is the password, DATABASE the file that it goes to. */
import { ingestPatiently } from './ingest.ts'
import { Store } from './store.ts'

const { POP3_URL: url = '', POP3_PASSWORD: pass = '', DATABASE: path = 'mail.sqlite' } = process.env
const store = new Store(path)
try {
  await ingestPatiently({ url, auth: { pass } }, store)
  console.log(`${store.messages().length} messages in ${path}`)
} finally {
  store.close()
}
