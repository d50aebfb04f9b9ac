/** Transcripts served again, in the same server core: handlers that answer everything. */
import { Pop3ArgumentError, decodeText } from '@pop3kit/codec'
import { type Handler, type HandlerContext, type Persona, type Reply, pop3, reply } from '@pop3kit/server'
import { withoutSecrets } from '../secrets.ts'
import type { Transcript } from '../transcript.ts'
import { type ReplayedSession, leniently, strictly } from './mode.ts'
import { replayPersona } from './persona.ts'
import { replyOf } from './steps.ts'
import { type Turn, turnsOf } from './turns.ts'

/** How a transcript is replayed. */
export interface ReplayOptions {
  /**
   * `strict`: the same commands in the same order, session by session; a client that says anything else gets `-ERR`, and
   * `server.reset()` and `server.close()` reject with the difference. `lenient`: answers are found by command, the first of several
   * the first time and the last of them from then on; a command without any gets `-ERR`. @default {'strict'}
   */
  readonly mode?: 'strict' | 'lenient' | undefined
}

/** What a server that replays is set up with. */
export interface ReplaySetup {
  /** Answer everything. Handlers of your own, given to `server.use()`, stand before them. */
  readonly handlers: readonly Handler[]
  /** Takes commands as they come. */
  readonly persona: Persona
}

/**
 * Makes of a transcript what {@link @pop3kit/server#setupPop3Server} takes: the first connection is the first session, and so on. Pieces are
 * kept as they were, and pauses of the server pass on the server's clock. Passwords, digests and lines of a SASL exchange are not
 * compared. A client that goes early is no difference.
 *
 * @throws {@link @pop3kit/codec#Pop3ArgumentError} When the mode is unknown, nothing is said, or octets of the server were not kept.
 *
 * @example Serve a session once more
 * ```ts
 * import assert from 'node:assert/strict'
 * import { Pop3Client } from '@pop3kit/client'
 * import { setupPop3Server } from '@pop3kit/server'
 * import { parseTranscript, replayTranscript } from '@pop3kit/transcript'
 *
 * const transcript = parseTranscript(`
 * S: +OK ready
 * C: STAT
 * -- 2000 ms
 * S: +OK 2 3\\
 * --
 * S: 20
 * C: QUIT
 * S: +OK bye
 * -- S closes
 * `)
 * const server = setupPop3Server({ ...replayTranscript(transcript), clock: 'virtual' })
 * const client = new Pop3Client({ transport: server.connect() })
 * const stat = client.stat()
 * await server.clock.advance('2s')
 * assert.deepEqual(await stat, { messages: 2, octets: 320 })
 * await client.quit()
 * await server.close()
 * ```
 */
export function replayTranscript({ sessions }: Transcript, { mode = 'strict' }: ReplayOptions = {}): ReplaySetup {
  if (mode !== 'strict' && mode !== 'lenient') {
    throw new Pop3ArgumentError(`Cannot replay in the mode "${String(mode)}": expected 'strict' or 'lenient'`)
  }
  if (sessions.length === 0) {
    throw new Pop3ArgumentError(
      'Cannot replay a transcript in which nothing is said: expected lines that begin with "S:" and "C:"',
    )
  }
  const all = sessions.map(turnsOf)
  for (const [index, turns] of all.entries()) checkKept(index + 1, turns)
  const open = (number: number): ReplayedSession => {
    if (mode === 'lenient') return leniently(all[number - 1] ?? all.at(-1) ?? [])
    return strictly(number, all[number - 1] ?? [])
  }
  return { handlers: handlersOf(open), persona: replayPersona() }
}

function checkKept(session: number, turns: readonly Turn[]): void {
  for (const { line, events } of turns) {
    const omitted = events.find(({ type }) => type === 'omitted')
    if (omitted?.type !== 'omitted') continue
    const what = line === '' ? 'the greeting' : `the answer to "${line}"`
    throw new Pop3ArgumentError(
      `Cannot replay session ${session}: ${omitted.octets} octets of ${what} were not kept; expected a server with limits: { recordedOctets: Infinity } when it was recorded`,
    )
  }
}

/** Whatever happens is answered from the transcript: the greeting as the answer to nothing. */
function handlersOf(open: (session: number) => ReplayedSession): Handler[] {
  const sessions = new Map<number, ReplayedSession>()
  const answer = ({ session: { id } }: HandlerContext, line: string): Reply => {
    const events = sessions.get(id)?.(line)
    return events === undefined ? reply.err('the transcript has no answer to this') : replyOf(events)
  }
  return [
    pop3.connection(({ session: { id } }) => {
      // Numbers begin anew when the server is reset.
      sessions.set(id, open(id))
      return undefined
    }),
    pop3.greeting((context) => answer(context, '')),
    pop3.any((context) => answer(context, withoutSecrets(decodeText(context.command?.octets ?? new Uint8Array())))),
  ]
}
