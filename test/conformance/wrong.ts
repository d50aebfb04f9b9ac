/** Ways to be wrong, as handlers of the mock. */
import {
  deliverThrough,
  reply,
  type HandlerContext,
  type HandlerFunction,
  type Next,
  type Pop3Server,
  type Reply,
  type Step,
} from '@pop3kit/server'

/** A reply that is these octets on the wire, a character an octet. */
export function exactly(octets: string): Reply {
  return deliverThrough(reply.none(), async function* () {
    yield { type: 'write', part: 'status', octets: Buffer.from(octets, 'latin1') }
  })
}

/** The reply that is due, changed as a whole on the wire, a character an octet; whatever else is done, is done after it. */
export const rewrite =
  (change: (text: string) => string) =>
  async (_context: HandlerContext, next: Next): Promise<Reply> =>
    deliverThrough(await next(), async function* (steps) {
      const chunks: Uint8Array[] = []
      const others: Step[] = []
      for await (const step of steps) {
        if (step.type === 'write') chunks.push(step.octets)
        else others.push(step)
      }
      const changed = change(Buffer.concat(chunks).toString('latin1'))
      yield { type: 'write', part: 'status', octets: Buffer.from(changed, 'latin1') }
      yield* others
    })

/** Leaves the answer to the server unless something is so. */
export const when =
  (isSo: (context: HandlerContext) => boolean, responder: HandlerFunction): HandlerFunction =>
  (context, next) =>
    isSo(context) ? responder(context, next) : undefined

/** Says +OK, whatever was asked. */
export const fine: HandlerFunction = () => reply.ok()

/** Says -ERR, whatever was asked. */
export const refuses: HandlerFunction = () => reply.err('no')

/** Hangs up. */
export const hangsUp: HandlerFunction = () => reply.close()

/** Answers twice. */
export const twice: (context: HandlerContext, next: Next) => Promise<Reply> = rewrite(
  (text) => `${text}+OK once more\r\n`,
)

export const beforeLogin = ({ session }: HandlerContext): boolean => session.state === 'AUTHORIZATION'

export const afterLogin = ({ session }: HandlerContext): boolean => session.state === 'TRANSACTION'

/** The command lines of a session so far, this one included, secrets masked. */
export const said = (server: Pop3Server, { session }: Pick<HandlerContext, 'session'>): readonly string[] =>
  server.sessions[session.id - 1]?.commands ?? []

/** Whether the session has said this and nothing else: that is how a fault is kept to the one check that looks for it. */
export const onlySaid =
  (server: Pop3Server, ...lines: readonly string[]) =>
  (context: HandlerContext): boolean =>
    said(server, context).join() === lines.join()

/** A login and then these. */
export const login: readonly string[] = ['USER alice', 'PASS ***']

/** Whether the session has marked a message, and not taken that back. */
export const hasMarked =
  (server: Pop3Server) =>
  (context: HandlerContext): boolean => {
    const lines = said(server, context).slice(0, -1)
    return lines.findLastIndex((line) => line.startsWith('DELE')) > lines.lastIndexOf('RSET')
  }

/** The argument of the command. */
export const argumentOf = ({ command }: HandlerContext): string => command?.argument ?? ''

/** The octets of the command, a character each. */
export const lineOf = ({ command }: HandlerContext): string => Buffer.from(command?.octets ?? []).toString('latin1')

/** A reply, and then the end of the connection. */
export const thenClose = (answer: Reply): Reply =>
  deliverThrough(answer, async function* (steps) {
    yield* steps
    yield { type: 'close' }
  })
