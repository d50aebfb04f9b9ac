/** The mail of the desk, through node-pop3. */
const Pop3Command = require('node-pop3')

// #region inbox
/** Gives every message that is not known yet, with its unique-id, and leaves it where it is. */
async function* newMail({ timeout, ...mailbox }, isKnown) {
  const client = new Pop3Command(mailbox)
  client.on('error', () => {}) // else a reset in the middle of a message ends the process
  try {
    for (const [number, uniqueId] of await within(timeout, client.UIDL())) {
      if (isKnown(uniqueId)) continue
      const message = await within(timeout, client.RETR(number))
      yield { uniqueId, message: message.replaceAll(/^\.\./gm, '.') } // node-pop3 leaves what RFC 1939 section 3 puts in
    }
    await within(timeout, client.QUIT())
  } finally {
    client._socket?.destroy() // QUIT, all that it has to close with, waits for an answer that may never come
  }
}

/** When the server closes or goes silent in the middle of a message, node-pop3 waits for ever. */
async function within(timeout, answer) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The mail server did not answer within ${timeout} ms`)), timeout)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
// #endregion

module.exports = { newMail }
