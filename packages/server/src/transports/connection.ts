/** One connection: octets in, commands to the session, replies out, one after the other (R51). */
import { type Command, type Line, concatOctets, redactCommand } from '@pop3kit/codec'
import { type Timekeeper, turn } from '../clock.ts'
import { execute, passOver } from '../commands/execute.ts'
import type { HandlerList } from '../handlers/handler-list.ts'
import type { HandlerPoint, Situation } from '../handlers/handler.ts'
import type { Limits } from '../limits.ts'
import type { CloseReason } from '../record/entry.ts'
import type { SessionRecord } from '../record/session-record.ts'
import type { Step } from '../reply/delivery.ts'
import { encodeReply } from '../reply/encode.ts'
import { type Reply, followedBy, precededBy, reply, wordless } from '../reply/reply.ts'
import { SessionView } from '../session/session-view.ts'
import type { Session } from '../session/session.ts'
import { type ClosingStep, type Delivered, deliver, separate } from './deliver.ts'
import { Inbox, type Utterance } from './inbox.ts'
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

/** A record of TLS: its header, and the type that a handshake has (RFC 8446 section 5.1). */
const tlsRecord = { headerOctets: 5, handshake: 22 }

/** How a session ended, and the step that is to end the connection. */
interface Ending {
  readonly how: CloseReason
  readonly step?: ClosingStep
}

/** Serves one client. */
export class Connection {
  readonly #environment: ConnectionEnvironment
  readonly #inbox: Inbox
  readonly #view: SessionView
  #wake: () => void = () => {}
  #shutDown = false
  #handshakeFailed = false
  /** How it ended when that was in the middle of another answer: where TLS was due. */
  #ending: Ending | undefined
  /** Stops waiting for the handler that is asked now. */
  #stop: () => void = () => {}
  /** Stops waiting for the source of the reply that is delivered now. */
  #abandon: () => void = () => {}

  constructor(environment: ConnectionEnvironment) {
    this.#environment = environment
    this.#inbox = new Inbox(environment.session, environment.limits)
    this.#view = new SessionView(environment.session)
  }

  /** Serves the client until the session is over, gives the maildrop back and closes. Never rejects. */
  async serve(): Promise<void> {
    const { wire, session, record } = this.#environment
    record.add({ type: 'open', transport: wire.transport })
    wire.receive((octets) => this.#receive(octets))
    void wire.ended.then(() => this.#wake())
    // A source that gives nothing more must not keep a session whose client is gone.
    void wire.closed.then(turn).then(() => this.#abandon())
    const { how, step } = await this.#converse()
    session.release()
    if (step?.type === 'reset') await separate(wire, record)
    const unfinished = session.exchange === undefined ? this.#inbox.pending : new Uint8Array()
    const by = how === 'end' || how === 'reset' ? 'client' : 'server'
    record.close({ by, how, wire: how === 'reset' || step?.type === 'reset' ? 'reset' : 'fin' }, unfinished)
    if (step?.type === 'reset') await wire.reset()
    else if (step?.silently === true) await wire.closeSilently()
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
      (implicitTls && !(await this.#askForTls()) ? this.#gone() : undefined) ??
      (await this.#answer('greeting', () => session.greeting()))
    if (opened !== undefined) return opened
    for (;;) {
      const said = this.#inbox.next()
      const ended = said === undefined ? await this.#listen() : await this.#carryOut(said)
      if (ended !== undefined) return ended
    }
  }

  /** Answers what the client said. */
  #carryOut(said: Utterance): Promise<Ending | undefined> {
    if (said.type === 'command') return this.#obey(said.command)
    if (said.type === 'response') return this.#hear(said.line)
    const { session } = this.#environment
    session.exchange = undefined
    if (said.longer === 'drop') return this.#deliver(reply.reset())
    const refusal = session.voice.err('command.tooLong')
    return this.#deliver(said.longer === 'reset' ? followedBy(refusal, { type: 'reset' }) : refusal)
  }

  /** Answers a command, and closes behind the QUIT that ended the session. */
  async #obey(command: Command): Promise<Ending | undefined> {
    const { session, record } = this.#environment
    record.command(command)
    const before = session.state
    let isExecuted = false
    const serve = (): Promise<Reply> => {
      isExecuted = true
      return this.#execute(() => execute(session, command))
    }
    const ended = await this.#answer(command.verb, serve, command)
    if (!isExecuted) passOver(session, command)
    if (ended !== undefined || !session.over || before === 'UPDATE') return ended
    const closed = await this.#answer('close', () => wordless({ type: 'close', politely: true }))
    return closed?.how === 'handler' ? { ...closed, how: 'quit' } : closed
  }

  /** Answers a line of a SASL exchange. */
  #hear({ octets }: Line): Promise<Ending | undefined> {
    const { session, record } = this.#environment
    record.response(octets)
    return this.#answer('response', () => this.#execute(() => session.respond(octets)))
  }

  /** Lets the session act. */
  async #execute(act: () => Reply | Promise<Reply>): Promise<Reply> {
    const { session } = this.#environment
    const before = session.state
    const answer = await act()
    if (before === 'AUTHORIZATION' && session.state === 'TRANSACTION') this.#inbox.loggedIn()
    return answer
  }

  /** TLS is due: whoever stands there is asked, and without anybody the handshake begins. Says whether the session goes on. */
  async #askForTls(): Promise<boolean> {
    this.#ending = await this.#answer('tls', () => wordless({ type: 'startTls' }))
    return this.#ending === undefined
  }

  /** Goes over to TLS. */
  async #startTls(): Promise<boolean> {
    const { wire, session, record, tls, implicitTls } = this.#environment
    await wire.prepare(tls)
    const { grammar, texts } = session.persona
    const { inClear, afterwards } = this.#inbox.divide()
    const count = inClear.length
    if (count > 0 && grammar.readAheadOfTls === 'discard') record.add({ type: 'discarded', count })
    const early = grammar.readAheadOfTls === 'handshake' ? concatOctets([inClear, afterwards]) : afterwards
    const isExpected = grammar.tlsAlert === undefined && (texts['stls.failed'] === undefined || implicitTls)
    const hello = isExpected ? early : await this.#firstRecord(early)
    if (hello === undefined) return this.#goOnInClear()
    const isSecure = await this.#shakeHands(hello)
    if (grammar.readAheadOfTls === 'answer') this.#inbox.putBack(inClear)
    return isSecure
  }

  /** Waits for the record that a handshake begins with. Where there is none, all but its header is to be read in clear. */
  async #firstRecord(early: Uint8Array): Promise<Uint8Array | undefined> {
    this.#inbox.putBack(early)
    while (this.#inbox.pending.length < tlsRecord.headerOctets) {
      this.#ending = await this.#listen()
      if (this.#ending !== undefined) return undefined
    }
    const octets = this.#inbox.take()
    if (octets[0] === tlsRecord.handshake) return octets
    this.#inbox.putBack(octets.subarray(tlsRecord.headerOctets))
    return undefined
  }

  /** Answers what was no handshake; says whether the session goes on without. */
  async #goOnInClear(): Promise<boolean> {
    if (this.#ending !== undefined) return false
    const { session, implicitTls } = this.#environment
    const { tlsAlert: octets } = session.persona.grammar
    const alert: Step[] = octets === undefined ? [] : [{ type: 'write', part: 'status', octets }]
    // Who closes and has not read everything resets.
    const type = this.#inbox.pending.length > 0 ? 'reset' : 'close'
    const answer = implicitTls ? wordless(...alert, { type }) : precededBy(session.voice.err('stls.failed'), ...alert)
    const ended = await this.#deliver(answer)
    this.#ending = ended && { ...ended, how: 'handshake' }
    return ended === undefined
  }

  /** Does the handshake, beginning with what has come of it; says whether there is a connection. */
  async #shakeHands(hello: Uint8Array): Promise<boolean> {
    const { wire, session, record, tls, clock } = this.#environment
    const giveUp = clock.after(session.persona.policies.idle.AUTHORIZATION, () => void wire.close(), 'background')
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
    this.#inbox.makeRoom()
    wire.resume()
    if (wire.isClosed) return this.#gone()
    if (wire.hasEnded) return this.#inbox.endLine() ? undefined : this.#gone()
    let idle = false
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    const cancel = clock.after(
      session.patience,
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
    this.#inbox.receive(octets)
    if (this.#inbox.isFull) this.#environment.wire.pause()
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
      const asked = handlers.dispatch(situation, serve, ({ place }) =>
        record.add({ type: 'handler', place: redactCommand(place) }),
      )
      // A handler that never answers must not keep the server from closing.
      const answer = await new Promise<Reply | undefined>((resolve, reject) => {
        this.#stop = () => resolve(undefined)
        asked.then(resolve, reject)
      })
      // A handler that refuses a response has ended the exchange, whether or not the session would go on (R78).
      if (point === 'response' && answer?.status.startsWith('-')) this.#environment.session.exchange = undefined
      return answer === undefined ? this.#gone() : this.#deliver(answer, point)
    } catch (error) {
      record.add({ type: 'error', error })
      return this.#deliver(reply.err('a handler of the mock server failed', { code: 'SYS/TEMP' }))
    }
  }

  async #deliver(answer: Reply, point?: HandlerPoint): Promise<Ending | undefined> {
    try {
      const delivery = deliver(encodeReply(answer), {
        ...this.#environment,
        onSend: () => this.#inbox.noteSending(),
        startTls: () => (point === 'tls' ? this.#startTls() : this.#askForTls()),
      })
      const delivered = await new Promise<Delivered>((resolve, reject) => {
        this.#abandon = () => resolve('gone')
        delivery.then(resolve, reject)
      })
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
    if (this.#ending !== undefined) return this.#ending
    if (this.#handshakeFailed) return { how: 'handshake' }
    return { how: this.#environment.wire.hasEnded ? 'end' : 'reset' }
  }

  #situation(point: HandlerPoint, command: Command | undefined): Situation {
    return { point, command, session: this.#view, maildrop: this.#environment.session.maildrop }
  }
}
