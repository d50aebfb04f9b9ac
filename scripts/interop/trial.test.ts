import { expect, test } from 'vitest'
import { clientNamed } from './clients.ts'
import { titleOf, trialsOf } from './trial.ts'

const here = (name: string): Parameters<typeof trialsOf>[0] => ({
  client: clientNamed(name),
  version: '1.0',
  env: {},
  lacks: [],
})

test('A client tries each mailbox by each way in, kept and deleted, and then each login', () => {
  const titles = trialsOf(here('poplib'), false).map(titleOf)
  expect(titles).toHaveLength(2 * 3 * 2 + 2)
  expect(titles).toContain('walk-through, STLS, kept')
  expect(titles).toContain('edge cases, implicit TLS, deleted')
  expect(titles).toContain('walk-through, implicit TLS, kept, APOP')
})

test('A client does not try what it cannot do', () => {
  expect(trialsOf(here('getmail6'), false).map(titleOf)).not.toContain('walk-through, STLS, kept')
})

test('A client that is not wholly here tries what is', () => {
  const titles = trialsOf({ ...here('Net::POP3'), lacks: ['starttls', 'implicit'] }, false).map(titleOf)
  expect(titles).toEqual([
    'walk-through, in clear, kept',
    'walk-through, in clear, deleted',
    'edge cases, in clear, kept',
    'edge cases, in clear, deleted',
  ])
})

test('What a client cannot take is tried all the same, and what takes it long when there is time', () => {
  expect(trialsOf(here('getmail6'), false).map(titleOf)).toContain('all edge cases, in clear, kept')
  expect(trialsOf(here('Net::POP3'), false).map(titleOf)).not.toContain('all edge cases, in clear, kept')
  expect(trialsOf(here('Net::POP3'), true).map(titleOf)).toContain('all edge cases, in clear, kept')
})
