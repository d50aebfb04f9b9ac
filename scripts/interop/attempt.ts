/** Carries out a trial: one client, one mailbox, one way in. */
import { setupPop3Server, type Pop3Server } from '@pop3kit/server'
import { inTemporaryFolder } from '../lib/pack.ts'
import { accountOf, nameOf, secretFor } from './account.ts'
import { allSessionsOver, conversationOf, loginOf } from './aftermath.ts'
import { authority, certificate, key, type InteropClient } from '../clients/client.ts'
import { compare } from './comparison.ts'
import type { Presence } from '../clients/presence.ts'
import { prepare } from '../clients/run.ts'
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

/** In milliseconds: a client that takes longer hangs, unless it is known to take long. */
const patience = 60_000
const longPatience = 300_000

/** A client that lost a race against itself is given another try. */
export async function attempt(presence: Presence<InteropClient>, trial: Trial): Promise<Result> {
  const result = await attemptOnce(presence, trial)
  return result.hasLostItsRace ? attemptOnce(presence, trial) : result
}

async function attemptOnce(
  presence: Presence<InteropClient>,
  trial: Trial,
): Promise<Result & { readonly hasLostItsRace: boolean }> {
  const { client } = presence
  const { mailbox, encryption, keep, login, whole } = trial
  const { user, password, messages: all } = await accountOf(mailbox)
  const leftOut = !whole && client.avoids?.encryptions.includes(encryption) ? client.avoids : undefined
  const messages = all.filter((message) => nameOf(message) !== leftOut?.message)
  const count = messages.length
  const server = setupPop3Server({
    maildrops: { [user]: { ...secretFor(login, password), messages } },
    ...(login === 'EXTERNAL' && { tls: { clientCertificates: 'request' } }),
  })
  try {
    await server.listen({ tls: encryption === 'implicit' ? 'implicit' : 'none' })
    const { port } = server
    const files = await certificatesOf(server, user, trial)

    return await inTemporaryFolder(async (folder) => {
      const errand = { host: 'localhost', port, user, password, count, encryption, login, keep, folder }
      const run = prepare(presence, errand, files)
      const timeout = whole ? longPatience : patience
      const problems: string[] = []
      let hasLostItsRace = false
      const runAndListen = async (): Promise<string[]> => {
        const { ok, transcript } = await run({ timeout })
        await allSessionsOver(server)
        hasLostItsRace ||= client.race?.test(transcript) ?? false
        if (!ok) problems.push(`The client failed:\n${transcript}`)
        return client.delivered(folder)
      }

      const delivered = await runAndListen()
      const { problems: differences, unaltered } = compare(client, messages, delivered, encryption)
      problems.push(...differences)
      const { length: left } = server.maildrop(user).messages
      if (left !== (keep ? count : 0)) problems.push(`${left} of ${count} messages are left on the server`)
      if (keep && client.remembers) {
        const again = (await runAndListen()).length - delivered.length
        if (again !== 0) problems.push(`A second run fetched ${again} messages again`)
      }
      const used = loginOf(server)
      if (login !== undefined && used !== login) problems.push(`It logged in by ${used}`)
      if (problems.length > 0) problems.push(conversationOf(server))
      return {
        trial,
        problems: whole && client.avoids?.survives === false ? inverted(problems) : problems,
        login: used,
        unaltered: unaltered + (leftOut?.survives ? all.length - count : 0),
        total: all.length,
        hasLostItsRace,
      }
    })
  } finally {
    await server.close()
  }
}

/** The files that prove who is who, as PEM. */
async function certificatesOf(
  server: Pop3Server,
  user: string,
  { encryption, login }: Trial,
): Promise<Record<string, string>> {
  if (encryption === 'none') return {}
  const trusted = { [authority]: await server.certificateAuthority() }
  if (login !== 'EXTERNAL') return trusted
  const { cert, key: secret } = await server.clientCertificate(user)
  return { ...trusted, [certificate]: cert, [key]: secret }
}

/** For a client that is known to fail. */
function inverted(problems: readonly string[]): string[] {
  return problems.length > 0 ? [] : ['Everything came through: the message need not be left out']
}
