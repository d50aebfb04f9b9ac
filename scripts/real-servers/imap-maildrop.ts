/** The maildrop of alice in Cyrus, filled by IMAP (RFC 9051): its files have an index beside them. */
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Maildrop, messages, users } from './maildrop.ts'

/** @param spool the folder under which the server keeps a file a message */
export function imapMaildrop(port: number, spool: string): Maildrop {
  const append = async (run: ImapCommand, message: Uint8Array): Promise<void> => {
    await run(`APPEND INBOX {${message.length}+}\r\n${Buffer.from(message).toString('latin1')}`)
  }
  return {
    deliver: (message) => inSession(port, (run) => append(run, message)),
    reset: () =>
      inSession(port, async (run) => {
        await run('SELECT INBOX')
        await run('UID STORE 1:* +FLAGS.SILENT (\\Deleted)')
        await run('EXPUNGE')
        for (const message of messages) await append(run, message)
      }),
    loseFile: (number) =>
      inSession(port, async (run) => {
        await run('SELECT INBOX')
        // The files of messages that are gone may still be there.
        const [, uids = ''] = /^\* SEARCH (.*)\r$/m.exec(await run('UID SEARCH ALL')) ?? []
        const [file] = globSync(join(spool, `**/${uids.split(' ')[number - 1]}.`))
        if (file === undefined) throw new Error(`Cannot find the file of message ${number} among those of ${uids}`)
        await rm(file)
      }),
  }
}

/** Does a command and gives what the server says; throws it when the server does not. */
type ImapCommand = (command: string) => Promise<string>

async function inSession(port: number, action: (run: ImapCommand) => Promise<void>): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' }).setEncoding('latin1')
  let heard = ''
  socket.on('data', (text: string) => (heard += text))
  const run: ImapCommand = async (command) => {
    heard = ''
    socket.write(`a ${command}\r\n`, 'latin1')
    const done = (): RegExpExecArray | null => /^a (.*)\r\n/m.exec(heard)
    while (done() === null) await once(socket, 'data')
    const [, result = ''] = done() ?? []
    if (!result.startsWith('OK')) throw new Error(`Cannot do "${command.slice(0, 40)}" by IMAP: ${result}`)
    return heard
  }
  try {
    await run(`LOGIN alice ${users['alice']}`)
    await action(run)
  } finally {
    socket.destroy()
  }
}
