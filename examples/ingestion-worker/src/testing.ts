import { expect, test as base } from '@pop3kit/testing/vitest'
import type { Pop3Server } from '@pop3kit/server'
import type { Mailbox } from './ingest.ts'
import { Store } from './store.ts'

export const one = 'Subject: one\r\n\r\nfirst\r\n'
export const two = 'Subject: two\r\n\r\n.second\r\n'

export const maildrops = {
  alice: {
    password: 'wonderland',
    messages: [
      { uid: 'uid-1', content: one },
      { uid: 'uid-2', content: two },
    ],
  },
}

/** Each test has a server and a store of its own. */
export const test = base.override('serverOptions', { maildrops }).extend('store', () => new Store(':memory:'))

export function mailboxOn({ host, port }: Pop3Server): Mailbox {
  return { host, port, auth: { user: 'alice', pass: 'wonderland', mechanism: 'USER' } }
}

export function stored(store: Store): string[] {
  return store.messages().map((octets) => new TextDecoder().decode(octets))
}

export { expect }
