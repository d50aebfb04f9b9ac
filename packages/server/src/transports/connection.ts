/** One connection: octets in, commands to the session, replies out, one after the other (R51). */
import { type Command, CommandDecoder, Pop3LimitError, decodeText, redactCommand } from '@pop3kit/codec'
import type { Timekeeper } from '../clock.ts'
import type { HandlerList } from '../handlers/handler-list.ts'
import type { HandlerPoint, Situation } from '../handlers/handler.ts'
import type { CloseReason } from '../record/entry.ts'
import type { SessionRecord } from '../record/session-record.ts'
import { encodeReply } from '../reply/encode.ts'
import { type Reply, reply, wordless } from '../reply/reply.ts'
import { execute } from '../commands/execute.ts'
import type { Session } from '../session/session.ts'
import { type ClosingStep, deliver } from './deliver.ts'
import type { Wire } from './wire.ts'

/** What a connection ties together. */
export interface ConnectionEnvironment {
  readonly wire: Wire
  readonly session: Session
  readonly record: SessionRecord
  readonly handlers: HandlerList
  readonly clock: Timekeeper
}

/** A client that talks ahead is read until this many octets wait, and no further. */
const waitingOctets = 65_536

/** How a session ended, and the step that is to end the connection. */
interface Ending {
  readonly how: CloseReason
  readonly step?: ClosingStep
}

/** Serves one client. */
export class Connection {
  readonly #environment: ConnectionEnvironment
  readonly #decoder: CommandDecoder
  #waiting = 0
  #wake: () => void = () => {}
  #shutDown = false
  /** Stops waiting for the handler that is asked now. */
  #stop: () => void = () => {}

  constructor(environment: ConnectionEnvironment) {
    const { lineEndings, lineOctets, longLines, blanks } = environment.session.persona.grammar
    this.#environment = environment
    this.#decoder = new CommandDecoder({ lineEndings, maxOctets: lineOctets, overflow: longLines, blanks })
  }

  /** What changes while the connection is not settled. */
  get activity(): number {
    return this.#environment.wire.activity
  }

  /** Serves the client until the session is over, gives the maildrop back and closes. Never rejects. */
  async serve(): Promise<void> {
    const { wire, session, record } = this.#environment
    record.add({ type: 'open', transport: wire.transport })
    wire.receive((octets) => this.#receive(octets))
    void wire.ended.then(() => this.#wake())
    const { how, step } = await this.#converse()
    session.release()
    const unfinished = this.#decoder.pending
    record.add({
      type: 'close',
      by: how === 'end' || how === 'reset' ? 'client' : 'server',
      how,
      unfinished: unfinished.length === 0 ? undefined : redactCommand(decodeText(unfinished)),
    })
    if (step?.type === 'reset') await wire.reset()
    else await (step?.politely === true ? wire.closePolitely() : wire.close())
  }

  /** Closes the connection whatever it is doing; nothing is removed from the maildrop. */
  async shutDown(): Promise<void> {
    this.#shutDown = true
    this.#stop()
    await this.#environment.wire.close()
  }

  /** The whole conversation. */
  async #converse(): Promise<Ending> {
    const { session } = this.#environment
    const opened =
      (await this.#answer('connection', () => reply.none())) ??
      (await this.#answer('greeting', () => session.greeting()))
    if (opened !== undefined) return opened
    for (;;) {
      const command = this.#nextCommand()
      const ended = command === undefined ? await this.#listen() : await this.#carryOut(command)
      if (ended !== undefined) return ended
    }
  }

  /** Answers a command, and closes behind the QUIT that ended the session. */
  async #carryOut(command: Command | 'too long'): Promise<Ending | undefined> {
    const { session, record } = this.#environment
    if (command === 'too long') return this.#deliver(session.err('command.tooLong'))
    record.add({ type: 'command', verb: command.verb, line: redactCommand(decodeText(command.octets)) })
    const before = session.state
    const carryOut = async (): Promise<Reply> => {
      const answer = await execute(session, command)
      const hasLoggedIn = before === 'AUTHORIZATION' && session.state === 'TRANSACTION'
      if (hasLoggedIn && session.persona.grammar.readAhead === 'lose') this.#decoder.discard()
      return answer
    }
    const ended = await this.#answer(command.verb, carryOut, command)
    if (ended !== undefined || !session.over || before === 'UPDATE') return ended
    const closed = await this.#answer('close', () => wordless({ type: 'close', politely: true }))
    return closed?.how === 'handler' ? { ...closed, how: 'quit' } : closed
  }

  /** Waits for the client to say something. */
  async #listen(): Promise<Ending | undefined> {
    const { wire, clock, session } = this.#environment
    this.#waiting = this.#decoder.pending.length
    wire.resume()
    if (wire.isClosed || wire.hasEnded) return this.#gone()
    let idle = false
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    const { AUTHORIZATION, TRANSACTION } = session.persona.policies.idle
    const cancel = clock.after(
      session.state === 'AUTHORIZATION' ? AUTHORIZATION : TRANSACTION,
      () => {
        idle = true
        this.#wake()
      },
      'background',
    )
    await woken
    cancel()
    if (!idle) return undefined
    const closed = await this.#answer('idle', () => reply.close())
    return closed?.how === 'handler' ? { ...closed, how: 'idle' } : closed
  }

  #receive(octets: Uint8Array): void {
    this.#decoder.push(octets)
    this.#waiting += octets.length
    if (this.#waiting > waitingOctets) this.#environment.wire.pause()
    this.#wake()
  }

  #nextCommand(): Command | 'too long' | undefined {
    try {
      return this.#decoder.next()
    } catch (error) {
      if (error instanceof Pop3LimitError) return 'too long'
      throw error
    }
  }

  /** Asks the handlers, then whoever serves, and delivers; says how the session ended if it did. */
  async #answer(
    point: HandlerPoint,
    serve: () => Reply | Promise<Reply>,
    command?: Command,
  ): Promise<Ending | undefined> {
    if (this.#shutDown) return this.#gone()
    const { handlers, record } = this.#environment
    const situation = this.#situation(point, command)
    try {
      const asked = handlers.dispatch(situation, serve, ({ place }) => record.add({ type: 'handler', place }))
      // A handler that never answers must not keep the server from closing.
      const answer = await new Promise<Reply | undefined>((resolve, reject) => {
        this.#stop = () => resolve(undefined)
        asked.then(resolve, reject)
      })
      return answer === undefined ? this.#gone() : this.#deliver(answer)
    } catch (error) {
      record.add({ type: 'error', error })
      return this.#deliver(reply.err('a handler of the mock server failed', { code: 'SYS/TEMP' }))
    }
  }

  async #deliver(answer: Reply): Promise<Ending | undefined> {
    try {
      const delivered = await deliver(encodeReply(answer), this.#environment)
      if (delivered === 'open') return undefined
      return delivered === 'gone' ? this.#gone() : { how: 'handler', step: delivered }
    } catch (error) {
      // A lazy message that cannot be read to its end, or a broken transform: what was sent is not to look whole.
      this.#environment.record.add({ type: 'error', error })
      return { how: 'handler' }
    }
  }

  #gone(): Ending {
    if (this.#shutDown) return { how: 'shutdown' }
    return { how: this.#environment.wire.hasEnded ? 'end' : 'reset' }
  }

  #situation(point: HandlerPoint, command: Command | undefined): Situation {
    const { session, record } = this.#environment
    const { state, user, maildrop } = session
    return { point, command, session: { id: record.id, state, user }, maildrop }
  }
}
