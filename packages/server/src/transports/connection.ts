/** One connection: octets in, commands to the session, replies out, one after the other (R51). */
import { type Command, CommandDecoder, type Line, Pop3LimitError, decodeText, redactCommand } from '@pop3kit/codec'
import type { Timekeeper } from '../clock.ts'
import { execute } from '../commands/execute.ts'
import type { HandlerList } from '../handlers/handler-list.ts'
import type { HandlerPoint, Situation } from '../handlers/handler.ts'
import type { Limits } from '../limits.ts'
import type { CloseReason } from '../record/entry.ts'
import type { SessionRecord } from '../record/session-record.ts'
import { encodeReply } from '../reply/encode.ts'
import { type Reply, deliverThrough, reply, wordless } from '../reply/reply.ts'
import type { Session } from '../session/session.ts'
import { type ClosingStep, deliver } from './deliver.ts'
import type { TlsAcceptor } from './tls.ts'
import type { Wire } from './wire.ts'

/** What a connection ties together. */
export interface ConnectionEnvironment {
  readonly wire: Wire
  readonly session: Session
  readonly record: SessionRecord
  readonly handlers: HandlerList
  readonly clock: Timekeeper
  /** Does the TLS handshakes. */
  readonly tls: TlsAcceptor
  /** Whether TLS comes first, as on port 995 (R66). */
  readonly implicitTls: boolean
  readonly limits: Limits
}

/** How a session ended, and the step that is to end the connection. */
interface Ending {
  readonly how: CloseReason
  readonly step?: ClosingStep
}

/** What the client said: a command, a line of a SASL exchange, or a line that is too long to be either. */
type Utterance =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'response'; readonly line: Line }
  | { readonly type: 'too long' }

/** Serves one client. */
export class Connection {
  readonly #environment: ConnectionEnvironment
  readonly #decoder: CommandDecoder
  #waiting = 0
  #wake: () => void = () => {}
  #shutDown = false
  #handshakeFailed = false
  /** What came in clear behind STLS. */
  #saidInClear: Uint8Array = new Uint8Array()
  /** Stops waiting for the handler that is asked now. */
  #stop: () => void = () => {}

  constructor(environment: ConnectionEnvironment) {
    const { lineEndings } = environment.session.persona.grammar
    this.#environment = environment
    this.#decoder = new CommandDecoder({ lineEndings, maxResponseOctets: environment.limits.responseOctets })
  }

  /** What changes while the connection is not settled. */
  get activity(): number {
    return this.#environment.wire.activity
  }

  /** Whether it does something that takes long, and does not wait for the client. */
  get isBusy(): boolean {
    return this.#environment.wire.isBusy
  }

  /** Serves the client until the session is over, gives the maildrop back and closes. Never rejects. */
  async serve(): Promise<void> {
    const { wire, session, record } = this.#environment
    record.add({ type: 'open', transport: wire.transport })
    wire.receive((octets) => this.#receive(octets))
    void wire.ended.then(() => this.#wake())
    const { how, step } = await this.#converse()
    session.release()
    const unfinished = session.exchange === undefined ? this.#decoder.pending : new Uint8Array()
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
    const { session, implicitTls } = this.#environment
    const opened =
      (await this.#answer('connection', () => reply.none())) ??
      (implicitTls ? await this.#secure() : undefined) ??
      (await this.#answer('greeting', () => session.greeting()))
    if (opened !== undefined) return opened
    for (;;) {
      const said = this.#next()
      const ended = said === undefined ? await this.#listen() : await this.#carryOut(said)
      if (ended !== undefined) return ended
    }
  }

  /** What the client has said and nobody has heard yet. */
  #next(): Utterance | undefined {
    const { session } = this.#environment
    const { line, command } = session.persona.grammar
    const { octets, longer } = line[session.commandState]
    this.#decoder.maxOctets = octets
    this.#decoder.overflow = longer === 'truncate' ? 'truncate' : 'error'
    try {
      if (session.exchange !== undefined) {
        const response = this.#decoder.nextLine()
        return response && { type: 'response', line: response }
      }
      const next = this.#decoder.next()
      if (next === undefined) return undefined
      const { offset } = next
      return { type: 'command', command: { ...next, ...command?.(next.octets, session.commandState), offset } }
    } catch (error) {
      if (error instanceof Pop3LimitError) return { type: 'too long' }
      throw error
    }
  }

  /** Answers what the client said. */
  #carryOut(said: Utterance): Promise<Ending | undefined> {
    if (said.type === 'command') return this.#obey(said.command)
    if (said.type === 'response') return this.#hear(said.line)
    const { session } = this.#environment
    session.exchange = undefined
    const refusal = session.err('command.tooLong')
    if (session.persona.grammar.line[session.commandState].longer !== 'reset') return this.#deliver(refusal)
    return this.#deliver(
      deliverThrough(refusal, async function* (steps) {
        yield* steps
        yield { type: 'flush' }
        yield { type: 'reset' }
      }),
    )
  }

  /** Answers a command; closes behind the QUIT that ended the session, and does the handshake behind STLS. */
  async #obey(command: Command): Promise<Ending | undefined> {
    const { session, record } = this.#environment
    record.add({ type: 'command', verb: command.verb, line: redactCommand(decodeText(command.octets)) })
    const before = session.state
    const ended = await this.#answer(command.verb, () => this.#execute(() => execute(session, command)), command)
    if (ended !== undefined) return ended
    if (session.handshakeDue) return this.#startTls()
    if (!session.over || before === 'UPDATE') return undefined
    const closed = await this.#answer('close', () => wordless({ type: 'close', politely: true }))
    return closed?.how === 'handler' ? { ...closed, how: 'quit' } : closed
  }

  /** Answers a line of a SASL exchange. */
  #hear({ octets }: Line): Promise<Ending | undefined> {
    const { session, record } = this.#environment
    record.add({ type: 'response', line: decodeText(octets) === '*' ? '*' : '***' })
    return this.#answer('response', () => this.#execute(() => session.respond(octets)))
  }

  /** Lets the session act, and throws away what was read ahead where the server does so. */
  async #execute(act: () => Reply | Promise<Reply>): Promise<Reply> {
    const { session } = this.#environment
    const before = session.state
    const answer = await act()
    const hasLoggedIn = before === 'AUTHORIZATION' && session.state === 'TRANSACTION'
    if (hasLoggedIn && session.persona.grammar.readAhead === 'lose') this.#decoder.discard()
    if (session.handshakeDue) this.#setAside()
    return answer
  }

  /** Sets aside what came in clear behind STLS: it was not said under TLS. What comes from now on is the handshake. */
  #setAside(): void {
    const { session, record } = this.#environment
    this.#saidInClear = this.#decoder.pending.slice()
    const count = this.#decoder.discard()
    if (count > 0 && session.persona.grammar.readAheadOfTls === 'discard') record.add({ type: 'discarded', count })
  }

  /** The handshake is due: the answer to STLS is out. */
  async #startTls(): Promise<Ending | undefined> {
    const { readAheadOfTls } = this.#environment.session.persona.grammar
    if (this.#saidInClear.length > 0 && readAheadOfTls === 'close') return { how: 'handler' }
    const ended = await this.#secure()
    if (readAheadOfTls === 'answer') this.#decoder.push(this.#saidInClear)
    this.#saidInClear = new Uint8Array()
    return ended
  }

  #secure(): Promise<Ending | undefined> {
    return this.#answer('tls', () => wordless({ type: 'startTls' }))
  }

  /** Does the handshake, beginning with what has come of it; says whether there is a connection. */
  async #shakeHands(): Promise<boolean> {
    const { wire, session, record, tls, clock } = this.#environment
    const giveUp = clock.after(session.persona.policies.idle.AUTHORIZATION, () => void wire.close(), 'background')
    const hello = this.#decoder.pending.slice()
    this.#decoder.discard()
    try {
      const { protocol, host, clientName } = await wire.secure(tls, hello)
      session.secured({ clientName })
      record.add({ type: 'tls', protocol, host, clientName, error: undefined })
      return true
    } catch (error) {
      this.#handshakeFailed = true
      const reason = error instanceof Error ? error : new Error(String(error))
      record.add({ type: 'tls', protocol: undefined, host: undefined, clientName: undefined, error: reason })
      return false
    } finally {
      giveUp()
    }
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
    const cancel = clock.after(
      session.persona.policies.idle[session.commandState],
      () => {
        idle = true
        this.#wake()
      },
      'background',
    )
    await woken
    cancel()
    if (!idle) return undefined
    const closed = await this.#answer('idle', () => session.idle())
    return closed?.how === 'handler' ? { ...closed, how: 'idle' } : closed
  }

  #receive(octets: Uint8Array): void {
    this.#decoder.push(octets)
    this.#waiting += octets.length
    // A client that talks ahead is read so far and no further.
    const { wire, limits } = this.#environment
    if (this.#waiting > limits.waitingOctets) wire.pause()
    this.#wake()
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
      const startTls = (): Promise<boolean> => this.#shakeHands()
      const delivered = await deliver(encodeReply(answer), { ...this.#environment, startTls })
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
    if (this.#handshakeFailed) return { how: 'handshake' }
    return { how: this.#environment.wire.hasEnded ? 'end' : 'reset' }
  }

  #situation(point: HandlerPoint, command: Command | undefined): Situation {
    const { session, record } = this.#environment
    const { state, user, maildrop } = session
    return { point, command, session: { id: record.id, state, user }, maildrop }
  }
}
