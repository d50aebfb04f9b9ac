/** POST /sync makes tickets of new mail, GET /tickets lists them. */
const express = require('express')
const { newMail } = require('./inbox.js')

function createDesk(mailbox) {
  const tickets = new Map()
  let syncing

  async function sync() {
    const before = tickets.size
    for await (const { uniqueId, message } of newMail(mailbox, (uniqueId) => tickets.has(uniqueId)))
      tickets.set(uniqueId, ticketOf(message))
    return tickets.size - before
  }

  const desk = express()
  desk.get('/tickets', (_, response) => {
    response.json([...tickets.values()])
  })
  desk.post('/sync', async (_, response) => {
    syncing ??= sync().finally(() => (syncing = undefined)) // a maildrop lets one session in at a time
    response.json({ added: await syncing })
  })
  desk.use((error, _request, response, _next) => {
    response.status(502).json({ error: error.message })
  })
  return desk
}

function ticketOf(message) {
  const [header, ...text] = message.split('\r\n\r\n')
  const fields = header.replaceAll(/\r\n(?=[ \t])/g, '') // a line that begins with white space goes on with the one before
  const [, from] = /^From: *(.*)/im.exec(fields) ?? []
  const [, subject] = /^Subject: *(.*)/im.exec(fields) ?? []
  return { from, subject, text: text.join('\r\n\r\n') }
}

module.exports = { createDesk }
