import { expect, test } from '@jest/globals'
import { walkthroughMailbox } from '@pop3kit/mailbox'
import { pop3, reply } from '@pop3kit/server'
import { usePop3Server } from '@pop3kit/testing/jest-globals'
import { subjects } from './subjects.js'

const { maildrops } = await walkthroughMailbox()
const server = usePop3Server({ maildrops })

test('the headers are fetched, and nothing else', async () => {
  expect(await subjects(server)).toHaveLength(7)
  expect(server).toHaveReceivedCommands(['LIST', 'TOP 1 0', 'TOP 7 0', 'QUIT'])
  expect(server).not.toHaveRetrieved()
  expect(server).toHaveClosedCleanly()
})

test('a server without TOP is told', async () => {
  server.use(pop3.top(() => reply.err('unknown command'), { once: true }))
  await expect(subjects(server)).rejects.toMatchObject({ code: 'POP3_REPLY' })
  await expect(server).toHaveNoOpenSessions()
})

test('a matcher says what was expected, and what came', async () => {
  await subjects(server)
  expect(() => expect(server).not.toHaveReceivedCommand('TOP 7 0')).toThrow(
    /^Expected the server not to have received "TOP 7 0"\n.* > TOP 7 0\n {4}QUIT\n\nSession 1 of myusername/s,
  )
})
