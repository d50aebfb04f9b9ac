/** Clients that do what ours is not to do, so that it can be seen whether the fuzz notices. */
import { type Pop3Client, isPop3Error } from '@pop3kit/client'
import { password } from './mailbox.ts'
import type { Breakage } from './play.ts'

interface Broken {
  readonly breakage: Breakage
  /** What the fuzz says of it. */
  readonly noticed: RegExp
}

/** A client some of whose methods are others. */
function changed(methods: (client: Pop3Client) => Partial<Pop3Client>): Breakage {
  return (client) => {
    const own = methods(client)
    return new Proxy(client, {
      get(target, name) {
        const owner = name in own ? own : target
        const member: unknown = Reflect.get(owner, name, owner)
        return typeof member === 'function' ? member.bind(owner) : member
      },
    })
  }
}

/** Fetches a message, and takes for the whole what has come of it before an error of this kind. */
const contentWith = (code: string): Breakage =>
  changed((client) => ({
    async retr(number, options) {
      const pieces: Uint8Array[] = []
      try {
        for await (const piece of client.retrStream(number, options)) pieces.push(piece)
      } catch (error) {
        if (!isPop3Error(error) || error.code !== code) throw error
      }
      return new Uint8Array(Buffer.concat(pieces))
    },
  }))

export const breakages: Readonly<Record<string, Broken>> = {
  'takes the end of the connection for the end of a message': {
    breakage: contentWith('POP3_CLOSED'),
    noticed: /has not said to RETR \d what the client gives/,
  },
  'takes half a message for the whole when nothing more comes': {
    breakage: contentWith('POP3_TIMEOUT'),
    noticed: /has not said to RETR \d what the client gives/,
  },
  'gives one message in the place of another': {
    breakage: changed((client) => ({ retr: (number, options) => client.retr(number === 1 ? 2 : 1, options) })),
    noticed: /has not said to RETR \d what the client gives/,
  },
  'leaves the dots in that were stuffed': {
    breakage: changed((client) => ({
      async retr(number, options) {
        const text = Buffer.from(await client.retr(number, options)).toString('latin1')
        return new Uint8Array(Buffer.from(text.replaceAll(/^\./gm, '..'), 'latin1'))
      },
    })),
    noticed: /has not said to RETR \d what the client gives/,
  },
  'does not settle a call when the connection ends': {
    breakage: changed((client) => ({
      stat: (options) =>
        client.stat(options).catch((error: unknown) => {
          if (!isPop3Error(error) || error.code !== 'POP3_CLOSED') throw error
          return new Promise<never>(() => {})
        }),
    })),
    noticed: /"STAT".* does not settle/,
  },
  'rejects with errors that are not documented': {
    breakage: changed((client) => ({
      capa: (options) => client.capa(options).catch(() => JSON.parse('{')),
    })),
    noticed: /"CAPA".* rejects with SyntaxError/,
  },
  'shows the password in an error': {
    breakage: changed((client) => ({
      login: (auth, options) =>
        client.login(auth, options).catch((error: unknown) => {
          throw Object.assign(new Error(password), { ...Object(error) })
        }),
    })),
    noticed: /a login rejects with an error that shows wonderland/,
  },
  'says that QUIT was acknowledged when it was not': {
    breakage: changed((client) => ({ quit: (options) => client.quit(options).catch(() => {}) })),
    noticed: /has not said to QUIT what the client gives/,
  },
  'deletes a message before it is there': {
    breakage: changed((client) => ({
      async *messages(options) {
        for await (const message of client.messages(options)) {
          message.markDeleted()
          yield message
        }
      },
    })),
    noticed: /message \d is gone, and nobody marked it/,
  },
  'reads on while the consumer of a message is away': {
    breakage: changed((client) => ({
      async *retrStream(number, options) {
        const whole = await client.retr(number, options)
        for (let start = 0; start < whole.length; start += 4096) yield whole.subarray(start, start + 4096)
      },
    })),
    noticed: /the client has read \d+ octets ahead of a consumer/,
  },
  'leaves a timer behind': {
    breakage: changed((client) => ({
      noop: (options) => client.noop(options).finally(() => setTimeout(() => {}, 1e9)),
    })),
    noticed: /timers are set when all is over/,
  },
  'goes on listening to a signal': {
    breakage: changed((client) => ({
      noop(options) {
        options?.signal?.addEventListener('abort', () => {})
        return client.noop(options)
      },
    })),
    noticed: /listens to its signal when all is over/,
  },
  'does not close the connection': {
    breakage: changed(() => ({ close: () => Promise.resolve() })),
    noticed: /the connection is open when all is over/,
  },
}
