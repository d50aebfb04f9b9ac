/** The catalogue of misbehaviour, M1 to M74, a scenario file each: what a raw peer hears, octet by octet, piece by piece, and when. */
import { readdirSync } from 'node:fs'
import { type ScenarioOptions, loadScenario } from '@pop3kit/scenario'
import { setupPop3Server } from '@pop3kit/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { conversations } from './scenarios/index.ts'
import { type Conversation, Peer, type Step, alice } from './scenarios/peer.ts'

const folder = new URL('../fixtures/scenarios/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .toSorted()
const numberOf = (file: string): number => Number(/^m(\d\d)-[a-z\d-]+\.yaml$/.exec(file)?.[1])
const catalogued = Array.from({ length: 74 }, (_, index) => index + 1)

/** Those in which nothing is wrong with the server. */
const lawful: ReadonlySet<number> = new Set([70, 71])

/** A reply of more octets goes out in several writes, whatever is played: the pieces are one then. */
const mostAtOnce = 60_000

/** Plays a conversation, and gives it back as it was heard. */
async function play(options: ScenarioOptions, { maildrops, steps }: Conversation, isPlayed: boolean): Promise<Step[]> {
  const server = setupPop3Server({ ...options, clock: 'virtual', maildrops: { alice, ...maildrops } })
  onTestFinished(() => server.close())
  const peer = new Peer(server)
  const heard: Step[] = []
  const says = async (does: string): Promise<void> => {
    const pieces = await peer.does(does)
    const whole = pieces.join('')
    heard.push([does, ...(whole.length > mostAtOnce ? [whole] : pieces)])
  }
  const begins = steps[0]?.[0].startsWith('connect') === true ? [] : ['connect', 'login']
  for (const does of [...begins, ...steps.map(([does]) => does)]) await says(does)
  if (isPlayed) server.assertNoPendingFaults()
  return heard.slice(begins.length)
}

test('M1 to M74: each has one file, and each file what is to be heard', () => {
  expect(files.map(numberOf)).toEqual(catalogued)
  expect(Object.keys(conversations).map(Number)).toEqual(catalogued)
})

describe.each(files.map((file) => [numberOf(file), file] as const))('M%i, %s', async (number, file) => {
  const { title, source, options } = await loadScenario(new URL(file, folder))
  const conversation = conversations[number]
  if (conversation === undefined) throw new Error(`Cannot find what is to be heard of M${number}`)

  test(title, async () => {
    expect(await play(options, conversation, true)).toEqual(conversation.steps)
  })

  test('says what happens in one sentence, and where that is known from', () => {
    expect(title).toMatch(/^[A-Z][^.]*[^.]$/)
    expect(source).toMatch(new RegExp(`^M${number}: \\S`))
  })

  if (lawful.has(number)) return

  test('is not what is heard from a server that does nothing wrong', async () => {
    const heard = await play({ handlers: [] }, conversation, false).catch((error: unknown) => error)
    expect(heard).not.toEqual(conversation.steps)
  })
})
