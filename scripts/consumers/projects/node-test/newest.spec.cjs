const { walkthroughMailbox } = require('@pop3kit/mailbox')
const { Pop3Client } = require('@pop3kit/client')
const { assertTranscript, usePop3Server } = require('@pop3kit/testing/node')
const test = require('node:test')

test('CommonJS has all of it, too', async (context) => {
  const { maildrops } = await walkthroughMailbox()
  const server = await usePop3Server(context, { maildrops })
  const auth = { user: 'myusername', pass: 'mypassword', mechanism: 'USER' }
  const client = await Pop3Client.connect({ host: server.host, port: server.port, auth })
  await client.quit()
  assertTranscript(
    server,
    `S: +OK *
     ...
     C: USER myusername
     S: +OK *
     C: PASS ***
     S: +OK *
     C: QUIT
     S: +OK *`,
  )
})
