/** M74: how long things take in a maildrop with very many messages. */
import { setupPop3Server } from '@pop3kit/server'
import { LineClient } from './line-client.ts'
import { password } from './reader.ts'

/** Milliseconds, by what was done. */
export async function measureLargeMaildrop(count: number): Promise<Record<string, number>> {
  const times: Record<string, number> = {}
  async function time<Result>(what: string, action: () => Result): Promise<Awaited<Result>> {
    const begin = performance.now()
    const result = await action()
    times[what] = performance.now() - begin
    return result
  }
  const messages = Array.from({ length: count }, (_, number) => `Subject: ${number}\r\n\r\nmessage ${number}\r\n`)
  const server = await time('set up', () => setupPop3Server({ maildrops: { alice: { password, messages } } }))
  const client = new LineClient(server.connect())
  await client.line()
  await client.ask('USER alice')
  await time('PASS', () => client.ask(`PASS ${password}`))
  for (const command of ['STAT', `LIST ${count}`]) await time(command, () => client.ask(command))
  for (const command of ['LIST', 'UIDL', `RETR ${count}`, `TOP ${count} 0`]) {
    await time(command, () => client.fetch(command))
  }
  await time('DELE of 1000 in one go', async () => {
    for (let number = 1; number <= 1000; number += 1) client.say(`DELE ${number}`)
    for (let number = 1; number <= 1000; number += 1) await client.line()
  })
  await time('LIST behind that', () => client.fetch('LIST'))
  await time('QUIT', () => client.ask('QUIT'))
  await server.close()
  return times
}
