/** A persona answers like a real server: every check comes to the same on both, as fixtures/conformance/ says of the real one. */
import { checkServer } from '@pop3kit/conformance'
import { setupPop3Server } from '@pop3kit/server'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const fixture = (path: string): Buffer => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url))

/** As the real servers had them: the last has no line end at its end. */
const messages = [1, 2, 3, 4, 5, 6, 7].map((number) => {
  const octets = fixture(`real-servers/messages/${number}.eml`)
  return number === 7 ? octets.subarray(0, -2) : octets
})

interface Column {
  readonly checks: Readonly<Record<string, { readonly outcome: string }>>
}

/** Where the mock does better than the server that it answers like. */
const better: Readonly<Record<string, readonly string[]>> = {
  dovecot: [],
  courier: [],
  cyrus: ['close-notify: pass, and really fail'],
}

test.concurrent.each(['dovecot', 'courier', 'cyrus'] as const)(
  '%s comes to what the real one came to',
  async (name) => {
    await using server = setupPop3Server({
      persona: name,
      clock: 'virtual',
      maildrops: { alice: { password: 'wonderland', messages } },
    })
    const { results } = await checkServer({
      user: 'alice',
      password: 'wonderland',
      messages,
      allowDeletions: true,
      timeout: '3s',
      connect: () => server.connect(),
      wait: (ms) => server.clock.advance(ms),
    })
    const { checks }: Column = JSON.parse(fixture(`conformance/${name}.json`).toString())
    const differing = results
      // What only the connections with implicit TLS told of the real one is left out.
      .filter(({ id, outcome }) => outcome !== 'not testable' && checks[id]?.outcome !== outcome)
      .map(({ id, outcome }) => `${id}: ${outcome}, and really ${checks[id]?.outcome}`)
    expect(differing).toEqual(better[name])
  },
)
