/** Who was sent what, who asked for its removal, and what became of it. */
import type { Pop3Server } from '@pop3kit/server'

/** A message of a user, by its unique-id. */
interface Letter {
  readonly octets: string
  /** Somebody has fetched it. */
  stored: boolean
  /** Somebody has marked it and said QUIT. */
  committed: boolean
  /** QUIT was answered with +OK. */
  acknowledged: boolean
  /** It was removed behind the back of the sessions. */
  expunged: boolean
  /** How often QUIT has removed it. */
  removals: number
}

export class Ledger {
  readonly problems: string[] = []
  readonly #server: Pop3Server
  readonly #letters = new Map<string, Map<string, Letter>>()
  #serial = 0

  constructor(server: Pop3Server, users: readonly string[]) {
    this.#server = server
    for (const user of users) this.#letters.set(user, new Map())
    server.on('update', ({ user, removed }) => {
      for (const uid of removed) this.#note(user, uid)
    })
  }

  /** How many messages there were. */
  get count(): number {
    return this.#serial
  }

  /** Delivers a message that is like no other. */
  deliver(user: string, lines: number): void {
    this.#serial += 1
    const octets = `Subject: ${this.#serial} for ${user}\r\n\r\n${'. \r\n.dot\r\nand so on\r\n'.repeat(lines)}`
    const { uid } = this.#server.maildrop(user).deliver(octets)
    const letters = this.#lettersOf(user)
    if (letters.has(uid)) this.problems.push(`the unique-id ${uid} of ${user} is used again`)
    letters.set(uid, {
      octets,
      stored: false,
      committed: false,
      acknowledged: false,
      expunged: false,
      removals: 0,
    })
  }

  /** Removes a message of a user behind the back of the sessions, if there is one. */
  expunge(user: string, index: number): void {
    const maildrop = this.#server.maildrop(user)
    const uid = maildrop.messages[index]?.uid
    if (uid === undefined) return
    maildrop.expunge(uid)
    this.#letter(user, uid).expunged = true
  }

  /** Whether somebody has fetched it. */
  hasStored(user: string, uid: string): boolean {
    return this.#letter(user, uid).stored
  }

  /** Holds what was fetched against what was delivered. Every message is another one, so that none can come twice. */
  store(user: string, uid: string, octets: string): void {
    const letter = this.#letter(user, uid)
    if (letter.octets !== octets) this.problems.push(`${uid} of ${user} is not what was delivered`)
    letter.stored = true
  }

  /** A client says QUIT and has marked these. */
  commit(user: string, uids: Iterable<string>): void {
    for (const uid of uids) this.#letter(user, uid).committed = true
  }

  /** QUIT was answered with +OK. */
  acknowledge(user: string, uids: Iterable<string>): void {
    for (const uid of uids) this.#letter(user, uid).acknowledged = true
  }

  /** What is wrong in the end. */
  conclusions(): string[] {
    const found = [...this.problems]
    for (const [user, letters] of this.#letters) {
      const maildrop = this.#server.maildrop(user)
      if (maildrop.locked) found.push(`the maildrop of ${user} is locked`)
      const left = new Set(maildrop.messages.map(({ uid }) => uid))
      for (const [uid, letter] of letters) {
        const isThere = left.delete(uid)
        const ways = Number(isThere) + Number(letter.expunged) + letter.removals
        if (ways !== 1) found.push(`${uid} of ${user} is left, expunged or removed ${ways} times`)
        if (letter.removals > 0 && !letter.committed)
          found.push(`${uid} of ${user} is removed, and nobody asked for it`)
        if (isThere && letter.acknowledged) found.push(`${uid} of ${user} is there, and QUIT said that it is not`)
      }
      for (const uid of left) found.push(`${uid} of ${user} was delivered by nobody`)
    }
    return found
  }

  #note(user: string, uid: string): void {
    this.#letter(user, uid).removals += 1
  }

  #letter(user: string, uid: string): Letter {
    const letter = this.#lettersOf(user).get(uid)
    if (letter === undefined) throw new Error(`Nobody delivered ${uid} to ${user}`)
    return letter
  }

  #lettersOf(user: string): Map<string, Letter> {
    const letters = this.#letters.get(user)
    if (letters === undefined) throw new Error(`There is no user ${user}`)
    return letters
  }
}
