/** Our client fetches both fixture mailboxes byte for byte however the replies are split. */
import { canonical } from '@pop3kit/codec'
import { Pop3Client } from '@pop3kit/client'
import { edgeCasesMailbox, walkthroughMailbox } from '@pop3kit/mailbox'
import { type Handler, type HandlerFunction, type Pop3Server, pop3, setupPop3Server } from '@pop3kit/server'
import { describe, expect, test } from 'vitest'
import { inPieces, seeded, watch } from './segmentation.ts'

/** Replies up to so many octets are split everywhere. */
const everywhereUpTo = 4096
const seededPositions = 1000
const seed = 1939

/** The positions at which a reply is split into two pieces. */
function positionsOf(wire: Uint8Array): number[] {
  if (wire.length <= everywhereUpTo) return Array.from({ length: wire.length - 1 }, (_, index) => index + 1)
  const random = seeded(seed)
  const positions = Array.from({ length: seededPositions }, () => 1 + Math.floor(random() * (wire.length - 1)))
  for (let end = wire.indexOf(0x0a); end !== -1; end = wire.indexOf(0x0a, end + 1)) {
    positions.push(end - 1, end, end + 1, end + 2)
  }
  positions.push(wire.length - 5, wire.length - 4)
  return [...new Set(positions)].filter((position) => position > 0 && position < wire.length)
}

/** Whether a client got what it was to get; octets are compared as such, because matchers walk them one by one. */
function equal(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0
  return JSON.stringify(one) === JSON.stringify(other)
}

const mailboxes = { 'walk-through': walkthroughMailbox, 'edge-case': edgeCasesMailbox }

describe.each(Object.entries(mailboxes))('the %s mailbox', async (_title, load) => {
  const { maildrops } = await load()
  const [user = '', maildrop] = Object.entries(maildrops)[0] ?? []
  const messages = maildrop?.messages ?? []
  const auth = { user, pass: maildrop?.password ?? '', mechanism: 'USER' } as const
  const open = async (server: Pop3Server): Promise<Pop3Client> => {
    const client = new Pop3Client({ transport: server.connect() })
    await client.login(auth)
    return client
  }

  /** Asks for something once to see the reply, then once for each position at which it can be split. */
  async function splitEverywhere(
    ask: (server: Pop3Server) => Promise<unknown>,
    place: (split: HandlerFunction) => Handler,
  ): Promise<void> {
    const server = setupPop3Server({ maildrops })
    const wire: Uint8Array[] = []
    server.use(place(watch((octets) => wire.push(octets))))
    const expected = await ask(server)
    for (const position of positionsOf(Buffer.concat(wire))) {
      const pieces: number[] = []
      server.resetHandlers(place(inPieces([position])))
      const stop = server.on('sent', ({ count }) => pieces.push(count))
      const got = await ask(server)
      stop()
      expect(equal(got, expected), `split at octet ${position}`).toBe(true)
      // The replies before and behind may be there, too; this one came in two pieces, the first of them up to the position.
      expect(pieces).toContain(Math.min(position, 65_536))
    }
    await server.close()
  }

  const inSession = (ask: (client: Pop3Client) => Promise<unknown>): ((server: Pop3Server) => Promise<unknown>) => {
    let client: Promise<Pop3Client> | undefined
    return async (server) => ask(await (client ??= open(server)))
  }

  test('greeting, USER, PASS and QUIT split at every position', async () => {
    const session = async (server: Pop3Server): Promise<unknown> => {
      const client = await open(server)
      await client.quit()
      return client.greeting
    }
    for (const place of [pop3.greeting, pop3.user, pop3.pass, pop3.quit])
      await splitEverywhere(session, (split) => place(split))
  })

  test('STAT, LIST, UIDL, CAPA, DELE, NOOP and RSET split at every position', async () => {
    await splitEverywhere(
      inSession((client) => client.stat()),
      (split) => pop3.stat(split),
    )
    await splitEverywhere(
      inSession((client) => client.list()),
      (split) => pop3.list(split),
    )
    await splitEverywhere(
      inSession((client) => client.list(1)),
      (split) => pop3.list(split),
    )
    await splitEverywhere(
      inSession((client) => client.uidl()),
      (split) => pop3.uidl(split),
    )
    await splitEverywhere(
      inSession((client) => client.uidl(1)),
      (split) => pop3.uidl(split),
    )
    await splitEverywhere(
      inSession(async (client) => [...(await client.capa())]),
      (split) => pop3.capa(split),
    )
    await splitEverywhere(
      inSession((client) => client.noop()),
      (split) => pop3.noop(split),
    )
    await splitEverywhere(
      inSession(async (client) => {
        await client.dele(1)
        await client.rset()
      }),
      (split) => pop3.command('DELE', split),
    )
    await splitEverywhere(
      inSession((client) => client.rset()),
      (split) => pop3.rset(split),
    )
  })

  test.each(messages.map(({ file }, index) => [file, index + 1] as const))(
    'RETR of %s',
    { timeout: 300_000 },
    async (_file, number) => {
      const retr = inSession((client) => client.retr(number))
      await splitEverywhere(retr, (split) => pop3.retr(number, split))
      const server = setupPop3Server({ maildrops })
      const stored = canonical(messages[number - 1]?.content ?? new Uint8Array())
      const client = await open(server)
      expect(equal(await client.retr(number), stored)).toBe(true)
      await client.close()
      await server.close()
    },
  )

  test('everything octet by octet, the largest message in pieces of seeded size', { timeout: 60_000 }, async () => {
    const server = setupPop3Server({ maildrops })
    const random = seeded(seed)
    const octetByOctet = function* (): Generator<number> {
      for (;;) yield 1
    }
    const ofSeededSize = function* (): Generator<number> {
      for (;;) yield 1 + Math.floor(random() * 65_536)
    }
    server.use(
      pop3.any(async (context, next) => {
        const number = Number(context.command?.argument)
        const large = context.point === 'RETR' && (messages[number - 1]?.content.length ?? 0) > 1_000_000
        return inPieces({ [Symbol.iterator]: large ? ofSeededSize : octetByOctet })(context, next) as ReturnType<
          typeof next
        >
      }),
    )
    const client = await open(server)
    expect(await client.stat()).toMatchObject({ messages: messages.length })
    expect(await client.uidl()).toHaveLength(messages.length)
    for (const [index, message] of messages.entries()) {
      expect(equal(await client.retr(index + 1), canonical(message.content)), message.file).toBe(true)
    }
    await client.quit()
    await server.close()
  })
})
