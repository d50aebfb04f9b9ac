/** What was put into the maildrops and taken out of them in a case, by hand: the truth that the server is held against. */
import type { Pop3Server } from '@pop3kit/server'
import { initial, letter, users } from '../maildrops.ts'

/** The mail of one user. */
export interface Box {
  /** What RETR must give, by unique-id: everything that was ever in it. */
  readonly served: Map<string, string>
  readonly expunged: Set<string>
}

export class Mail {
  readonly problems: string[] = []
  readonly #server: Pop3Server
  readonly #boxes = new Map<string, Box>()

  constructor(server: Pop3Server) {
    this.#server = server
    for (const user of users) {
      const { messages } = server.maildrop(user)
      const served = new Map(messages.map(({ uid }, index) => [uid, initial[user]?.[index]?.served ?? '']))
      this.#boxes.set(user, { served, expunged: new Set() })
    }
  }

  /** The mail of a user, if there is such a one. */
  find(user: string | undefined): Box | undefined {
    return this.#boxes.get(user ?? '')
  }

  deliver(user: string, kind: number): void {
    const { served } = this.#box(user)
    const { init, served: octets } = letter(user, served.size + 1, kind)
    const { uid } = this.#server.maildrop(user).deliver(init)
    if (served.has(uid)) this.problems.push(`the unique-id ${uid} of ${user} is used again`)
    served.set(uid, octets)
  }

  expunge(user: string, position: number): void {
    const maildrop = this.#server.maildrop(user)
    const uid = maildrop.messages[position - 1]?.uid
    if (uid === undefined) return
    maildrop.expunge(position)
    this.#box(user).expunged.add(uid)
  }

  /** What is in no maildrop and was removed by nobody, or was removed twice. */
  losses(): string[] {
    const removed = new Map(users.map((user): [string, string[]] => [user, []]))
    for (const { entries } of this.#server.sessions) {
      for (const entry of entries) if (entry.type === 'update') removed.get(entry.user)?.push(...entry.removed)
    }
    return users.flatMap((user) => {
      const { served, expunged } = this.#box(user)
      const left = this.#server.maildrop(user).messages.map(({ uid }) => uid)
      const found = [...left, ...expunged, ...(removed.get(user) ?? [])].sort().join(' ')
      const expected = [...served.keys()].sort().join(' ')
      return found === expected ? [] : [`the mail of ${user} was ${expected}, and what became of it is ${found}`]
    })
  }

  #box(user: string): Box {
    const box = this.#boxes.get(user)
    if (box === undefined) throw new Error(`There is no maildrop of ${user}`)
    return box
  }
}
