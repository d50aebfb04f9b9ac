/** Carries out a trial: one client, one mailbox, one way in. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setupPop3Server } from '@pop3kit/server'
import { command } from '../lib/command.ts'
import { inTemporaryFolder } from '../lib/pack.ts'
import { accountOf, nameOf, secretFor } from './account.ts'
import { allSessionsOver, conversationOf, loginOf } from './aftermath.ts'
import { authority, certificate, key, type Errand } from './client.ts'
import { compare } from './comparison.ts'
import type { Presence } from './presence.ts'
import type { Trial } from './trial.ts'

export interface Result {
  readonly trial: Trial
  /** What is not as it must be. */
  readonly problems: readonly string[]
  /** How the client logged in. */
  readonly login: string
  /** How many messages come out as they went in, with the one that was left out if it does. */
  readonly unaltered: number
  /** How many messages the mailbox has, the one that was left out included. */
  readonly total: number
}

/** In milliseconds: a client that takes longer hangs. */
const patience = 240_000

export async function attempt({ client, env }: Presence, trial: Trial): Promise<Result> {
  const { mailbox, encryption, keep, login, whole } = trial
  const { user, password, messages: all } = await accountOf(mailbox)
  const leftOut = !whole && client.avoids?.encryptions.includes(encryption) ? client.avoids : undefined
  const messages = all.filter((message) => nameOf(message) !== leftOut?.message)
  await using server = setupPop3Server({
    maildrops: { [user]: { ...secretFor(login, password), messages } },
    ...(login === 'EXTERNAL' && { tls: { clientCertificates: 'request' } }),
  })
  await server.listen({ tls: encryption === 'implicit' ? 'implicit' : 'none' })
  const { port } = server
  const shown = login === 'EXTERNAL' ? await server.clientCertificate(user) : { cert: '', key: '' }
  const secrets = { [authority]: await server.certificateAuthority(), [certificate]: shown.cert, [key]: shown.key }

  // Awaited here, since the server closes when this function is left.
  return await inTemporaryFolder(async (folder) => {
    const errand: Errand = {
      host: 'localhost',
      port,
      user,
      password,
      count: messages.length,
      encryption,
      login,
      keep,
      folder,
    }
    const {
      files,
      command: [program, ...args],
      env: own,
    } = client.run(errand)
    for (const [file, text] of Object.entries({ ...files, ...secrets })) write(join(folder, file), text)
    const run = async (): Promise<string[]> => {
      const options = { cwd: folder, env: { HOME: folder, ...env, ...own }, timeout: patience }
      const { ok, transcript } = await command(program, args, options)
      await allSessionsOver(server)
      return ok ? [] : [`The client failed:\n${transcript}`]
    }

    const problems = await run()
    const delivered = await client.delivered(folder)
    const { problems: differences, unaltered } = compare(client, messages, delivered, encryption)
    problems.push(...differences)
    const { length: left } = server.maildrop(user).messages
    if (left !== (keep ? messages.length : 0))
      problems.push(`${left} of ${messages.length} messages are left on the server`)
    if (keep && client.remembers) {
      problems.push(...(await run()))
      const again = (await client.delivered(folder)).length - delivered.length
      if (again !== 0) problems.push(`A second run fetched ${again} messages again`)
    }
    const used = loginOf(server)
    if (login !== undefined && used !== login) problems.push(`It logged in by ${used}`)
    if (problems.length > 0) problems.push(conversationOf(server))
    return {
      trial,
      problems: whole === true && client.avoids?.survives === false ? inverted(problems) : problems,
      login: used,
      unaltered: unaltered + (leftOut?.survives === true ? all.length - messages.length : 0),
      total: all.length,
    }
  })
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode: 0o600 })
}

/** For a client that is known to fail. */
function inverted(problems: readonly string[]): string[] {
  return problems.length > 0 ? [] : ['Everything came through: the message need not be left out']
}
