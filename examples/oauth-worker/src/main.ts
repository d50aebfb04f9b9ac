/** GMAIL_USER, CLIENT_ID, CLIENT_SECRET and REFRESH_TOKEN say whose mail is fetched. */
import { AccessToken } from './access-token.ts'
import { fetchMail } from './fetch-mail.ts'

const { GMAIL_USER: user = '', CLIENT_ID: clientId = '', CLIENT_SECRET: clientSecret = '' } = process.env
const token = new AccessToken({ user, clientId, clientSecret, refreshToken: process.env['REFRESH_TOKEN'] ?? '' })
const inbox = new Map<string, Uint8Array>()
await fetchMail(user, token, inbox)
for (const [uniqueId, message] of inbox) console.log(`${uniqueId}: ${message.length} octets`)
