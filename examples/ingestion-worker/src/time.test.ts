import { loadScenario } from '@pop3kit/scenario'
import { fault, pop3 } from '@pop3kit/server'
import { afterEach, describe, vi } from 'vitest'
import { ingest, ingestPatiently } from './ingest.ts'
import { expect, maildrops, mailboxOn, one, stored, test, two } from './testing.ts'

// #region slow
describe('when a message takes minutes', () => {
  test.override('serverOptions', { maildrops, clock: 'virtual' })

  test('it is waited for', async ({ server, store }) => {
    server.use(pop3.retr(1, fault.slow('4m', { line: 2 })))
    const ingested = ingest(mailboxOn(server), store)
    await server.clock.advance('3m')
    expect(stored(store)).toEqual([])
    await server.clock.advance('1m')
    await ingested
    expect(stored(store)).toEqual([one, two])
  })
})
// #endregion

// #region locked
describe('when another program has the maildrop', () => {
  test.override('serverOptions', { maildrops, clock: 'timers' })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('the worker comes back a minute later', async ({ server, store }) => {
    vi.useFakeTimers()
    const { handlers } = await loadScenario(new URL('../scenarios/locked-twice.yaml', import.meta.url))
    server.use(...handlers)
    const ingested = ingestPatiently(mailboxOn(server), store)
    await server.clock.advance('1m')
    expect(stored(store)).toEqual([])
    await server.clock.advance('1m')
    await ingested
    expect(stored(store)).toEqual([one, two])
    expect(server.sessions).toHaveLength(3)
  })
})
// #endregion
