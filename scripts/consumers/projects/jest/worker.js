/** Takes the mail of alice from its provider, which nobody can choose, and deletes there what it has stored. */
const Pop3 = require('node-pop3')

exports.takeMail = async (store, tlsOptions = {}) => {
  const provider = { host: 'pop.gmail.com', port: 995, tls: true, tlsOptions }
  const client = new Pop3({ ...provider, user: 'alice', password: 'wonderland', timeout: 60_000 })
  try {
    for (const [number, uid] of await client.UIDL()) {
      store.set(uid, await client.RETR(Number(number)))
      await client.command('DELE', number)
    }
  } finally {
    await client.QUIT()
  }
}
