/** One connection: octets in, commands to the session, replies out, one after the other (R51). */
import {
  type Command,
  CommandDecoder,
  type Line,
  Pop3LimitError,
  decodeText,
  encodeText,
  redactCommand,
} from '@pop3kit/codec'
import { type Timekeeper, turn } from '../clock.ts'
import { execute } from '../commands/execute.ts'
import type { HandlerList } from '../handlers/handler-list.ts'
import type { HandlerPoint, Situation } from '../handlers/handler.ts'
import type { Limits } from '../limits.ts'
import type { LineLimit } from '../personas/persona.ts'
import type { CloseReason } from '../record/entry.ts'
import type { SessionRecord } from '../record/session-record.ts'
import type { Step } from '../reply/delivery.ts'
import { encodeReply } from '../reply/encode.ts'
import { type Reply, followedBy, precededBy, reply, wordless } from '../reply/reply.ts'
import type { Session } from '../session/session.ts'
import { type ClosingStep, type Delivered, deliver } from './deliver.ts'
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

const lineEnd = encodeText('\r\n')

/** A record of TLS: its header, and the type that a handshake has (RFC 8446 section 5.1). */
const tlsRecord = { headerOctets: 5, handshake: 22 }

/** How a session ended, and the step that is to end the connection. */
interface Ending {
  readonly how: CloseReason
  readonly step?: ClosingStep
}

/** What the client said: a command, a line of a SASL exchange, or a line that is too long to be either. */
type Utterance =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'response'; readonly line: Line }
  | { readonly type: 'too long'; readonly longer: LineLimit['longer'] }

/** Serves one client. */
export class Connection {
  readonly #environment: ConnectionEnvironment
  readonly #decoder: CommandDecoder
  #waiting = 0
  #wake: () => void = () => {}
  #shutDown = false
  #handshakeFailed = false
  /** How it ended when that was in the middle of another answer: where TLS was due. */
  #ending: Ending | undefined
  /** Octets that were received, and how many of them before the last piece was sent. */
  #received = { all: 0, beforeSending: 0 }
  /** The octets that came last. */
  #packet: Uint8Array = new Uint8Array()
  /** A command whose line swallows the next one: it is carried out when that has come. */
  #swallowing: Command | undefined
  /** Stops waiting for the handler that is asked now. */
  #stop: () => void = () => {}
  /** Stops waiting for the source of the reply that is delivered now. */
  #abandon: () => void = () => {}

  constructor(environment: ConnectionEnvironment) {
    const { lineEndings } = environment.session.persona.grammar
    this.#environment = environment
    this.#decoder = new CommandDecoder({ lineEndings })
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
    // A source that gives nothing more must not keep a session whose client is gone.
    void wire.closed.then(turn).then(() => this.#abandon())
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
      (implicitTls && !(await this.#askForTls()) ? this.#gone() : undefined) ??
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
    const { command, swallowsNext } = session.persona.grammar
    const longer = this.#limit()
    try {
      if (session.exchange !== undefined) {
        const response = this.#decoder.nextLine()
        return response && { type: 'response', line: response }
      }
      const next = this.#decoder.next()
      if (next === undefined) return undefined
      const swallowing = this.#swallowing
      this.#swallowing = undefined
      if (swallowing !== undefined) return { type: 'command', command: swallowing }
      const { offset } = next
      const said = { ...next, ...command?.(next.octets, session.commandState), offset }
      if (swallowsNext?.(next.octets) !== true) return { type: 'command', command: said }
      this.#swallowing = said
      return this.#next()
    } catch (error) {
      if (error instanceof Pop3LimitError) return { type: 'too long', longer }
      throw error
    }
  }

  /** Sets how long the next line may be; says what is to happen to a longer one. */
  #limit(): LineLimit['longer'] {
    const { session, limits } = this.#environment
    const { line, response } = session.persona.grammar
    const rule = line[session.commandState]
    const limit = typeof rule === 'function' ? rule(this.#decoder.pending) : rule
    const { longer } = session.exchange === undefined ? limit : (response ?? limit)
    this.#decoder.maxOctets = limit.octets
    this.#decoder.maxResponseOctets = Math.min(limits.responseOctets, response?.octets ?? Infinity)
    this.#decoder.overflow = longer === 'truncate' || longer === 'split' ? longer : 'error'
    return longer
  }

  /** Answers what the client said. */
  #carryOut(said: Utterance): Promise<Ending | undefined> {
    if (said.type === 'command') return this.#obey(said.command)
    if (said.type === 'response') return this.#hear(said.line)
    const { session } = this.#environment
    session.exchange = undefined
    if (said.longer === 'drop') return this.#deliver(reply.reset())
    const refusal = session.voice.err('command.tooLong')
    return this.#deliver(said.longer === 'reset' ? followedBy(refusal, { type: 'flush' }, { type: 'reset' }) : refusal)
  }

  /** Answers a command, and closes behind the QUIT that ended the session. */
  async #obey(command: Command): Promise<Ending | undefined> {
    const { session, record } = this.#environment
    record.add({ type: 'command', verb: command.verb, line: redactCommand(decodeText(command.octets)) })
    const before = session.state
    const ended = await this.#answer(command.verb, () => this.#execute(() => execute(session, command)), command)
    if (ended !== undefined || !session.over || before === 'UPDATE') return ended
    const closed = await this.#answer('close', () => wordless({ type: 'close', politely: true }))
    return closed?.how === 'handler' ? { ...closed, how: 'quit' } : closed
  }

  /** Answers a line of a SASL exchange. */
  #hear({ octets }: Line): Promise<Ending | undefined> {
    const { session, record } = this.#environment
    record.add({ type: 'response', line: decodeText(octets) === '*' ? '*' : '***' })
    return this.#answer('response', () => this.#execute(() => session.respond(octets)))
  }

  /** Lets the session act, and does with what was read ahead of a login as the server does. */
  async #execute(act: () => Reply | Promise<Reply>): Promise<Reply> {
    const { session } = this.#environment
    const before = session.state
    const answer = await act()
    const hasLoggedIn = before === 'AUTHORIZATION' && session.state === 'TRANSACTION'
    const { readAhead } = session.persona.grammar
    if (hasLoggedIn && readAhead === 'lose') this.#decoder.discard()
    if (hasLoggedIn && readAhead === 'mistaken' && session.loginVerb === 'AUTH') {
      this.#decoder.push(this.#packet.subarray(0, this.#decoder.discard()))
    }
    return answer
  }

  /** TLS is due: whoever stands there is asked, and without anybody the handshake begins. Says whether the session goes on. */
  async #askForTls(): Promise<boolean> {
    this.#ending = await this.#answer('tls', () => wordless({ type: 'startTls' }))
    return this.#ending === undefined
  }

  /**
   * Goes over to TLS. What came in before the last piece was sent was said in clear (R65): it is no part of the handshake, which begins
   * with what came after it.
   */
  async #startTls(): Promise<boolean> {
    const { wire, session, record, tls, implicitTls } = this.#environment
    await wire.prepare(tls)
    const { grammar, texts } = session.persona
    const pending = this.#decoder.pending.slice()
    const inClear = Math.max(0, pending.length - (this.#received.all - this.#received.beforeSending))
    this.#decoder.discard()
    if (inClear > 0 && grammar.readAheadOfTls === 'discard') record.add({ type: 'discarded', count: inClear })
    const early = grammar.readAheadOfTls === 'handshake' ? pending : pending.subarray(inClear)
    const isExpected = grammar.tlsAlert === undefined && (texts['stls.failed'] === undefined || implicitTls)
    const hello = isExpected ? early : await this.#firstRecord(early)
    if (hello === undefined) return this.#goOnInClear()
    const isSecure = await this.#shakeHands(hello)
    if (grammar.readAheadOfTls === 'answer') this.#decoder.push(pending.subarray(0, inClear))
    return isSecure
  }

  /** Waits for the record that a handshake begins with. Where there is none, all but its header is to be read in clear. */
  async #firstRecord(early: Uint8Array): Promise<Uint8Array | undefined> {
    this.#decoder.push(early)
    while (this.#decoder.pending.length < tlsRecord.headerOctets) {
      this.#ending = await this.#listen()
      if (this.#ending !== undefined) return undefined
    }
    const octets = this.#decoder.pending.slice()
    this.#decoder.discard()
    if (octets[0] === tlsRecord.handshake) return octets
    this.#decoder.push(octets.subarray(tlsRecord.headerOctets))
    return undefined
  }

  /** Answers what was no handshake; says whether the session goes on without. */
  async #goOnInClear(): Promise<boolean> {
    if (this.#ending !== undefined) return false
    const { session, implicitTls } = this.#environment
    const { tlsAlert: octets } = session.persona.grammar
    const alert: Step[] = octets === undefined ? [] : [{ type: 'write', part: 'status', octets }]
    // Who closes and has not read everything resets.
    const type = this.#decoder.pending.length > 0 ? 'reset' : 'close'
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
    this.#waiting = this.#decoder.pending.length
    wire.resume()
    if (wire.isClosed) return this.#gone()
    if (wire.hasEnded) return this.#endLine() ? undefined : this.#gone()
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

  /** Ends the last line of a client that has half-closed and did not end it, where it is taken. */
  #endLine(): boolean {
    const isTaken = this.#environment.session.persona.grammar.unendedLine === 'take' && this.#decoder.pending.length > 0
    if (isTaken) this.#decoder.push(lineEnd)
    return isTaken
  }

  #receive(octets: Uint8Array): void {
    this.#decoder.push(octets)
    this.#packet = octets
    this.#received.all += octets.length
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
        onSend: () => (this.#received.beforeSending = this.#received.all),
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
    const { session } = this.#environment
    return { point, command, session, maildrop: session.maildrop }
  }
}
