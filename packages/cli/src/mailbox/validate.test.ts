import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { mailboxCommand } from './mailbox.ts'

let folder = ''
let printed = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pop3kit-'))
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
})

afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await rm(folder, { recursive: true })
})

const validate = async (...args: string[]): Promise<[output: string, status: unknown]> => {
  await mailboxCommand().parseAsync(['validate', folder, ...args], { from: 'user' })
  return [printed.replaceAll(folder, 'box'), process.exitCode]
}

test('a mailbox in which nothing is wrong has status 0', async () => {
  await writeFile(join(folder, '1.eml'), 'Subject: x\r\n\r\n')
  expect(await validate()).toEqual(['0 errors, 0 warnings\n', undefined])
})

test('warnings have file, line and reason, and leave the status 0', async () => {
  await writeFile(join(folder, '1.eml'), 'Subject: x\r\n\r\na\0b\r\n')
  expect(await validate()).toEqual([
    'box/1.eml:3:2: warning: a NUL; expected none (RFC 5322 section 4)\n0 errors, 1 warning\n',
    undefined,
  ])
})

test('errors are told all together, and make the status 1', async () => {
  await writeFile(join(folder, 'mailbox.yaml'), 'messages:\n  - 1.eml\n  - "2\\e.eml"\n')
  expect(await validate()).toEqual([
    'box/mailbox.yaml:2:5: error: "1.eml" does not exist; expected the name of a file in the folder\n' +
      'box/mailbox.yaml:3:5: error: "2\\x1b.eml" does not exist; expected the name of a file in the folder\n' +
      '2 errors, 0 warnings\n',
    1,
  ])
})

test('--json is one object a problem and nothing else', async () => {
  await writeFile(join(folder, 'mailbox.yaml'), 'messages:\n  - 1.eml\n')
  const [output, status] = await validate('--json')
  expect(JSON.parse(output)).toEqual({
    severity: 'error',
    file: 'box/mailbox.yaml',
    line: 2,
    column: 5,
    problem: '"1.eml" does not exist',
    expected: 'the name of a file in the folder',
  })
  expect(status).toBe(1)
})
