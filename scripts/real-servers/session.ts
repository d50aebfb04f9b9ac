/** A connection of a case, which its first step opens. What it does is given back as steps of the captured case. */
import type { Step } from './captured-case.ts'
import { answerChallenges, lastChallenge } from './challenge.ts'
import { Conversation } from './conversation.ts'
import { users } from './maildrop.ts'
import type { RealServer } from './start.ts'

export class Session {
  readonly server: RealServer
  octetByOctet = false
  halfClosesBehind = false
  lastSent = ''
  lastAnswer: readonly Step[] = []
  #conversation: Conversation | undefined
  /** All that the server has said. */
  #heard = ''

  constructor(server: RealServer) {
    this.server = server
  }

  get conversation(): Conversation {
    if (this.#conversation === undefined) throw new Error('Cannot use a connection before it is open')
    return this.#conversation
  }

  connect(conversation: Conversation): void {
    this.#conversation = conversation
  }

  /** Gives the greeting; nothing when the connection is open. */
  async open(conversation?: Conversation): Promise<readonly Step[]> {
    if (this.#conversation !== undefined) return []
    this.connect(conversation ?? new Conversation(this.server.port))
    return this.hear()
  }

  async send(c: string): Promise<readonly Step[]> {
    const opening = await this.open()
    const sent = answerChallenges(c, this.#heard)
    this.lastSent = sent
    const steps = [...opening, { c: sent }]
    if (this.conversation.closed) return steps
    const readsNothing = sent.endsWith('then the client reads nothing>')
    if (readsNothing) this.conversation.stopReading()
    if (this.octetByOctet) await this.conversation.sendOctetByOctet(sent)
    else this.conversation.send(inFull(sent))
    if (this.halfClosesBehind) this.conversation.halfClose()
    return readsNothing ? steps : [...steps, ...(await this.hear())]
  }

  async hear(patience?: number): Promise<readonly Step[]> {
    const answer = await this.conversation.hear(patience)
    this.lastAnswer = answer
    for (const { s = '' } of answer) this.#heard += s
    const challenge = lastChallenge(answer[0]?.s ?? '') ?? ''
    return /[<=]/.test(challenge) ? [...answer, { note: `challenge decodes to ${challenge}` }] : answer
  }

  async logIn(user: string): Promise<void> {
    await this.send(`USER ${user}\r\n`)
    await this.send(`PASS ${users[user]}\r\n`)
    const [answer] = this.lastAnswer
    if (answer?.s?.startsWith('+OK') !== true) throw new Error(`Cannot log in as ${user}: ${JSON.stringify(answer)}`)
  }

  async close(): Promise<void> {
    await this.#conversation?.close()
  }
}

/** What cases abbreviate. */
export function inFull(text: string): string {
  const [, start = '', octet, octets] = /^(.*?)(\w)\2{7}\.\.\.<line of (\d+) octets in all>\r\n$/s.exec(text) ?? []
  if (octet !== undefined) return `${start}${octet.repeat(Number(octets) - start.length - 2)}\r\n`
  const endless = /^<(\d+) x, no line end>$/.exec(text)?.[1]
  if (endless !== undefined) return 'x'.repeat(Number(endless))
  const [, count, line = ''] = /^<(\d+) times (.*?)\\r\\n, then/.exec(text) ?? []
  return count === undefined ? text : `${line}\r\n`.repeat(Number(count))
}
