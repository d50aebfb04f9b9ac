/** POP3_HOST, POP3_PORT, POP3_USER and POP3_PASSWORD say where the mail is, PORT where the desk is to be. */
const { createDesk } = require('./desk.js')

const {
  POP3_HOST: host,
  POP3_PORT: pop3Port,
  POP3_USER: user,
  POP3_PASSWORD: password,
  PORT: port = 3000,
} = process.env
const desk = createDesk({ host, port: Number(pop3Port), user, password, timeout: 30_000 })
desk.listen(port, () => console.log(`http://localhost:${port}/tickets`))
