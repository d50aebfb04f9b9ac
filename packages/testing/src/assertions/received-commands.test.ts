import { expect, test } from 'vitest'
import { serverAfter } from '../testing/alice.ts'
import { saidBy } from '../testing/expecting.ts'
import { receivedCommand, receivedCommands } from './received-commands.ts'

test('commands are found in their order, with others before, between and behind', async () => {
  const server = await serverAfter(['CAPA', 'UIDL', 'RETR 1', 'QUIT'])
  expect(receivedCommands(server, ['USER alice', 'PASS ***', 'UIDL', /RETR \d/]).pass).toBe(true)
  expect(receivedCommands(server.sessions[0], ['CAPA', 'QUIT']).pass).toBe(true)
  expect(receivedCommands(server, []).pass).toBe(true)
  expect(receivedCommands(server, ['UIDL', 'CAPA']).pass).toBe(false)
  expect(receivedCommands(server, ['UIDL', 'UIDL']).pass).toBe(false)
})

test('a pattern with the flag g is the same each time', async () => {
  const server = await serverAfter(['RETR 1', 'RETR 2'])
  expect(receivedCommands(server, [/RETR/g, /RETR/g]).pass).toBe(true)
})

test('the first command that did not come is marked, beside what came in its place', async () => {
  const server = await serverAfter(['CAPA', 'LIST', 'RETR 1', 'QUIT'])
  const outcome = receivedCommands(server, ['USER alice', 'PASS ***', 'UIDL', /RETR \d/])
  expect(saidBy(outcome)).toBe(`Expected the server to have received these commands in this order

    expected     received
    USER alice   USER alice
    PASS ***     PASS ***
  > UIDL         CAPA
    /RETR \\d/    LIST
                 RETR 1
                 QUIT`)
})

test('exactly: nothing else is allowed', async () => {
  const server = await serverAfter(['STAT', 'QUIT'])
  const all = ['USER alice', 'PASS ***', 'STAT', 'QUIT']
  expect(receivedCommands(server, all, { exactly: true }).pass).toBe(true)
  expect(saidBy(receivedCommands(server, all, { exactly: true }))).toContain(
    'not to have received exactly these commands',
  )
  expect(saidBy(receivedCommands(server, all.slice(0, 3), { exactly: true })))
    .toBe(`Expected the server to have received exactly these commands

    expected     received
    USER alice   USER alice
    PASS ***     PASS ***
    STAT         STAT
  >              QUIT`)
})

test('the message ends with the sessions and the seed', async () => {
  const server = await serverAfter(['RETR 1', 'QUIT'])
  expect(receivedCommand(server, 'DELE 1').message()).toBe(`Expected the server to have received "DELE 1"

    received
    USER alice
    PASS ***
    RETR 1
    QUIT

Session 1 of alice (UPDATE, closed):
  S: +OK POP3 server ready
  C: USER alice
  S: +OK send PASS
  C: PASS ***
  S: +OK maildrop has 3 messages (91 octets)
  C: RETR 1
  S: +OK 29 octets
  S: Subject: one
  S:
  S: This is one
  S: .
  C: QUIT
  S: +OK bye, 3 messages left
  # closed by the server (quit)

Seed 1`)
})

test('not: each command that should not be there is marked', async () => {
  const server = await serverAfter(['DELE 1', 'STAT', 'DELE 2'])
  expect(saidBy(receivedCommand(server, /^DELE/)))
    .toBe(`Expected the server not to have received a command that matches /^DELE/

    received
    USER alice
    PASS ***
  > DELE 1
    STAT
  > DELE 2`)
})

test('a subject that is none is refused', () => {
  expect(() => receivedCommand('alice', 'STAT')).toThrow(
    expect.objectContaining({
      message:
        'Cannot tell the received commands of "alice": expected a server of setupPop3Server() or a session (server.sessions[0])',
    }),
  )
  expect(() => receivedCommands(undefined, [])).toThrow(expect.objectContaining({ code: 'POP3_SUBJECT' }))
})

test('what is no command, no pattern and no list is refused, and does not pass with .not', async () => {
  const server = await serverAfter(['QUIT'])
  // @ts-expect-error -- as in JavaScript
  expect(() => receivedCommands(server, 'QUIT')).toThrow(
    expect.objectContaining({
      code: 'POP3_EXPECTATION',
      message: `Cannot compare with "QUIT": expected a list of commands and patterns, such as ['RETR 1', /^QUIT/]`,
    }),
  )
  // @ts-expect-error -- as in JavaScript
  expect(() => receivedCommands(server, ['QUIT', undefined])).toThrow('Cannot compare with undefined: expected a list')
  expect(() => receivedCommand(server, expect.stringContaining('QUIT'))).toThrow(
    "Cannot compare with an object of class StringContaining: expected a command or a pattern, such as 'RETR 1' or /^RETR/",
  )
})
