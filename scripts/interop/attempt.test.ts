import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attempt, type Result } from './attempt.ts'
import type { InteropClient } from '../clients/client.ts'
import { numberedFiles } from '../clients/delivered.ts'
import { argumentsOf } from '../clients/program.ts'
import type { Trial } from './trial.ts'

const program = join(import.meta.dirname, 'testing/fetch-with-misdeeds.ts')

/** Tries a client that does everything right, or all but one thing. */
function attemptWith(misdeed: string, trial: Partial<Trial> = {}, avoids?: InteropClient['avoids']): Promise<Result> {
  const client: InteropClient = {
    name: 'the client of this test',
    packages: [],
    version: ['node', '--version'],
    logins: [],
    remembers: true,
    run: (errand) => ({
      command: [process.execPath, '--conditions=@pop3kit/source', program, ...argumentsOf(errand), misdeed],
    }),
    delivered: numberedFiles,
    changes: 'nothing',
    ...(avoids !== undefined && { avoids }),
  }
  const presence = { client, version: '1.0', env: {}, lacks: [] }
  return attempt(presence, { mailbox: 'walk-through', encryption: 'none', keep: true, ...trial })
}

test('A client that does everything right has no problems', async () => {
  const { problems, unaltered, total } = await attemptWith('none')
  expect({ problems, unaltered, total }).toEqual({ problems: [], unaltered: 7, total: 7 })
})

test('A client that deletes everything has no problems where that is its errand', async () => {
  expect((await attemptWith('none', { keep: false })).problems).toEqual([])
})

test.each([
  ['fails', /^The client failed:/],
  ['damages', /^1\.eml differs: 22683 octets instead of 22683, at 0 /],
  ['misses the last', /^It delivered 6 of 7$/],
  ['deletes what is to be kept', /^0 of 7 messages are left on the server$/],
  ['forgets', /^A second run fetched 7 messages again$/],
])('A client that %s has a problem', async (misdeed, problem) => {
  const { problems } = await attemptWith(misdeed)
  expect(problems).toContainEqual(expect.stringMatching(problem))
  expect(problems.at(-1)).toContain('C: STAT\nS: +OK 7 56418\n')
})

test('A client that leaves without QUIT has not deleted anything', async () => {
  const { problems } = await attemptWith('does not commit', { keep: false })
  expect(problems).toContain('7 of 7 messages are left on the server')
})

test('A client that logs in otherwise than it is told has a problem', async () => {
  const { problems, login } = await attemptWith('none', { login: 'LOGIN' })
  expect(problems).toContain(`It logged in by ${login}`)
})

test('A message that a client cannot take is left out for it', async () => {
  const avoids = { message: '7.eml', encryptions: ['none'], why: 'it fails', survives: false } as const
  const { problems, unaltered, total } = await attemptWith('none', {}, avoids)
  expect({ problems, unaltered, total }).toEqual({ problems: [], unaltered: 6, total: 7 })
})

test('A client that takes what it is said not to take has a problem', async () => {
  const avoids = { message: '7.eml', encryptions: ['none'], why: 'it fails', survives: false } as const
  expect((await attemptWith('none', { whole: true }, avoids)).problems).toHaveLength(1)
  expect((await attemptWith('fails', { whole: true }, avoids)).problems).toEqual([])
})
