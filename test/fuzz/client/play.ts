/** Plays a case: makes the client, has it do what it is to do, and sees what comes of it. */
import { Pop3Client, type Pop3CallOptions } from '@pop3kit/client'
import { getEventListeners } from 'node:events'
import { Account } from './account.ts'
import { act } from './act.ts'
import type { Call, Case, Step } from './case.ts'
import { type Deed, Deeds } from './deeds.ts'
import { authOf } from './mailbox.ts'
import { Tap } from './tap.ts'
import type { Time } from './time.ts'
import type { World } from './world.ts'

/** What a client is put through before it is used: nothing, unless it is to be broken. */
export type Breakage = (client: Pop3Client) => Pop3Client

export interface Outcome {
  readonly account: Account
  readonly tap: Tap
  readonly deeds: readonly Deed[]
  /** What is wrong already. */
  readonly problems: readonly string[]
}

/** The time limit of a call of which no other is said, and of the opening (ms). */
const timeout = 30_000

export class Play {
  readonly #account = new Account()
  readonly #tap = new Tap()
  readonly #deeds: Deeds
  readonly #world: World
  readonly #time: Time
  /** Whether calls may be under way for whose outcome nobody waits. */
  #hasForgotten = false

  constructor(world: World, time: Time) {
    this.#world = world
    this.#time = time
    this.#deeds = new Deeds(world, time)
  }

  async run(played: Case, breakage: Breakage): Promise<Outcome> {
    const client = await this.#open(played)
    if (client !== undefined) {
      const used = breakage(client)
      const { utf8, login, capa, steps } = played
      if (utf8) await this.#ask(used, { verb: 'UTF8' })
      if (login !== undefined && !played.connect) await this.#ask(used, { verb: 'login', login })
      if (capa) await this.#ask(used, { verb: 'CAPA' })
      for (const step of steps) await this.#step(used, step)
      await this.#deeds.finishAll()
      await used.close()
    }
    await this.#deeds.finishAll()
    const { all: deeds, problems } = this.#deeds
    return { account: this.#account, tap: this.#tap, deeds, problems: [...problems, ...this.#leftovers()] }
  }

  /** Makes the client; there is none if it could not connect. */
  async #open({ connect, login }: Case): Promise<Pop3Client | undefined> {
    const { options, isClear } = this.#world
    const tapped = isClear ? options.transport : undefined
    if (tapped !== undefined) this.#tap.note(tapped)
    if (!connect && options.transport !== undefined) {
      const client = new Pop3Client({ ...options, transport: options.transport, timeout })
      if (tapped !== undefined) this.#tap.attend(tapped)
      return client
    }
    const connecting = Pop3Client.connect({ ...options, timeout, ...(login && { auth: authOf(login) }) })
    if (tapped !== undefined) this.#tap.attend(tapped)
    await this.#deeds.finish(this.#deeds.begin(`connect ${JSON.stringify(login)}`, () => connecting))
    return connecting.catch(() => undefined)
  }

  /** Makes a call and waits for it. */
  async #ask(client: Pop3Client, call: Call): Promise<void> {
    await this.#step(client, { type: 'call', call, wait: true, timeout: undefined, abort: undefined })
  }

  async #step(client: Pop3Client, step: Step): Promise<void> {
    if (step.type === 'wait') {
      await this.#deeds.pass(step.ms)
      return
    }
    const { call, wait, timeout, abort } = step
    const controller = abort === undefined ? undefined : new AbortController()
    if (abort === 'before') controller?.abort()
    else if (typeof abort === 'number') this.#time.after(abort, () => controller?.abort())
    const options: Pop3CallOptions = { timeout, signal: controller?.signal }
    const account = this.#account
    if (call.verb === 'QUIT') account.hasQuit = true
    if (call.verb === 'forget') this.#hasForgotten = true
    const { isQuiet, all } = this.#deeds
    const isAlone = isQuiet && !this.#hasForgotten
    const count = all.length + 1
    const desk = { account, tap: this.#tap, time: this.#time, isAlone: () => isAlone && all.length === count }
    const deed = this.#deeds.begin(JSON.stringify(call), () => act(client, call, options, desk), controller)
    if (abort === 'at once') void Promise.resolve().then(() => controller?.abort())
    if (wait) await this.#deeds.finish(deed)
    if (call.verb !== 'RSET') return
    if (desk.isAlone() && wait && deed.state === 'resolved') account.forgive()
    else account.isMuddled = true
  }

  /** What is not to be there when everything is over. */
  *#leftovers(): Generator<string> {
    if (this.#time.timers > 0) yield `${this.#time.timers} timers are set when all is over`
    if (this.#world.options.transport?.destroyed === false) yield 'the connection is open when all is over'
    for (const { name, controller } of this.#deeds.all) {
      const listeners = controller === undefined ? [] : getEventListeners(controller.signal, 'abort')
      if (listeners.length > 0) yield `${name} listens to its signal when all is over`
    }
  }
}
