/** What the server can tell when a client has ended. */
import type { Pop3Server } from '@pop3kit/server'

/** The client has ended, and soon its connections have. */
export function allSessionsOver(server: Pop3Server): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (server.sessions.some(({ open }) => open)) return
      stopLooking()
      resolve()
    }
    const stopLooking = server.on('close', look)
    look()
  })
}

/** How the client logged in at last: a mechanism of AUTH, APOP, or PASS. */
export function loginOf(server: Pop3Server): string {
  const commands = server.sessions.flatMap(({ commands: own }) => own)
  const [login = 'none'] = commands.flatMap((line) => /(?<=^AUTH )\S+|^APOP|^PASS/i.exec(line)?.[0] ?? []).slice(-1)
  return login
}

/** What was said, without the messages. */
export function conversationOf(server: Pop3Server): string {
  const lines = server.transcript().split('\n')
  return lines.filter((line) => /^(?:#|C:|S: (?:\+OK|-ERR|\+ ))/.test(line)).join('\n')
}
