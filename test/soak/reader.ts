/** A session of the soak: it fetches what is new, marks some of it, and leaves in one of many ways. */
import { setTimeout } from 'node:timers/promises'
import type { Ledger } from './ledger.ts'
import type { LineClient } from './line-client.ts'

/** How a session ended. */
export type Farewell = 'QUIT' | 'QUIT and RST' | 'FIN' | 'RST' | 'gone in the middle' | 'locked out'

/** The password of everybody. */
export const password = 'wonderland'

/** Says that the client has gone. */
class Gone extends Error {}

/** Reads the mail of a user once. */
export async function read(
  client: LineClient,
  { user, ledger, random }: { readonly user: string; readonly ledger: Ledger; readonly random: () => number },
): Promise<Farewell> {
  /** Commands after which it goes without waiting for the answer. */
  let patience = random() < 0.3 ? Math.floor(random() * 20) : Infinity
  const ask = async (command: string): Promise<string> => {
    goInTime(command)
    return (await client.ask(command)) ?? ''
  }
  const fetch = async (command: string): Promise<string | undefined> => {
    goInTime(command)
    return client.fetch(command)
  }
  function goInTime(command: string): void {
    patience -= 1
    if (patience >= 0) return
    client.say(command)
    client.drop()
    throw new Gone()
  }

  try {
    await client.line()
    if (!(await logIn(ask, user, ledger))) {
      await client.ask('QUIT')
      return 'locked out'
    }
    const marked: string[] = []
    for (const row of ((await fetch('UIDL')) ?? '').split('\r\n').slice(0, -1)) {
      const [number = '', uid = ''] = row.split(' ')
      if (!ledger.hasStored(user, uid)) {
        const stuffed = await fetch(`RETR ${number}`)
        // It may have been expunged meanwhile.
        if (stuffed === undefined) continue
        ledger.store(user, uid, stuffed.replaceAll(/^\./gm, ''))
      }
      if (random() < 0.5 && (await ask(`DELE ${number}`)).startsWith('+OK')) marked.push(uid)
    }
    return await leave(client, { user, ledger, marked, farewell: random() })
  } catch (error) {
    if (error instanceof Gone) return 'gone in the middle'
    throw error
  }
}

/** Tries until the maildrop is free, but not for ever. */
async function logIn(ask: (command: string) => Promise<string>, user: string, ledger: Ledger): Promise<boolean> {
  for (let attempts = 0; attempts < 50; attempts += 1) {
    await ask(`USER ${user}`)
    const answer = await ask(`PASS ${password}`)
    if (answer.startsWith('+OK')) return true
    if (!answer.startsWith('-ERR [IN-USE]')) ledger.problems.push(`PASS of ${user} is answered with "${answer}"`)
    await setTimeout(5)
  }
  return false
}

async function leave(
  client: LineClient,
  { user, ledger, marked, farewell }: { user: string; ledger: Ledger; marked: readonly string[]; farewell: number },
): Promise<Farewell> {
  if (farewell < 0.15) {
    client.end()
    return 'FIN'
  }
  if (farewell < 0.3) {
    client.drop()
    return 'RST'
  }
  ledger.commit(user, marked)
  if (farewell < 0.4) {
    client.say('QUIT')
    client.drop()
    return 'QUIT and RST'
  }
  const answer = (await client.ask('QUIT')) ?? ''
  if (answer.startsWith('+OK')) ledger.acknowledge(user, marked)
  else ledger.problems.push(`QUIT of ${user} is answered with "${answer}"`)
  return 'QUIT'
}
