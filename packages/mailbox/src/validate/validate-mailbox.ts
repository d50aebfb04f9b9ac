/** Looks through a mailbox and tells all that is wrong with it, where `loadMailbox` stops at the first. */
import { fileURLToPath } from 'node:url'
import type { FileError } from '@pop3kit/yaml-file'
import type { Findings, StoredMessage } from '../findings.ts'
import type { LoadMailboxOptions } from '../load-mailbox.ts'
import { MailboxError } from '../mailbox-error.ts'
import { readMailbox } from '../read-mailbox.ts'
import { positionOf } from '../stored-octets.ts'
import { flawsOf } from './message-checks.ts'

/** Something that is wrong with a mailbox. */
export interface MailboxProblem {
  /** `error`: `loadMailbox` refuses it. `warning`: it is served as it is, but mail and maildrops are not like that. */
  readonly severity: 'error' | 'warning'
  /** The path of the file. */
  readonly file: string
  /** The line in it, from 1, if it is a place in it. */
  readonly line: number | undefined
  /** The column in that line, from 1: in a message octets, in a manifest UTF-16 code units. */
  readonly column: number | undefined
  /** The place in a message or an mbox, in octets from 0. */
  readonly offset: number | undefined
  /** What is there, in words. */
  readonly problem: string
  /** What was expected instead, in words. */
  readonly expected: string
}

/**
 * Tells all that is wrong with a mailbox of any kind: what cannot be loaded, as errors, and as warnings unique-ids that are used twice, and
 * messages with NUL, bare LF or bare CR, long lines, no header, bad fields, or octets beyond ASCII that nothing explains. Of each kind it
 * tells the first place in a message and how many there are.
 *
 * @param path A path or a `file:` URL.
 *
 * @example Look through a mailbox
 * ```ts
 * import assert from 'node:assert/strict'
 * import { mkdtemp, rm, writeFile } from 'node:fs/promises'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { validateMailbox } from '@pop3kit/mailbox'
 *
 * const folder = await mkdtemp(join(tmpdir(), 'mailbox-'))
 * await writeFile(join(folder, '1.eml'), 'Subject: hello\r\nno colon\r\n\r\n')
 * const [problem, ...others] = await validateMailbox(folder)
 * assert.deepEqual([problem?.severity, problem?.line, others.length], ['warning', 2, 0])
 * await rm(folder, { recursive: true })
 * ```
 */
export async function validateMailbox(
  path: string | URL,
  { dialect }: LoadMailboxOptions = {},
): Promise<MailboxProblem[]> {
  const problems: MailboxProblem[] = []
  const tell = (severity: MailboxProblem['severity'], error: FileError): void => {
    const { file, line, column, problem, expected } = error
    const offset = error instanceof MailboxError ? error.offset : undefined
    problems.push({ severity, file, line, column, offset, problem, expected })
  }
  const findings: Findings = {
    refuse: (error) => [error, ...error.further].forEach((each) => tell('error', each)),
    warn: (error) => tell('warning', error),
    message: (stored) => problems.push(...warningsOf(stored)),
  }
  await readMailbox(typeof path === 'string' ? path : fileURLToPath(path), dialect, findings)
  return problems
}

function warningsOf({ file, whole, start, end }: StoredMessage): MailboxProblem[] {
  return flawsOf(whole.subarray(start, end)).map(({ offset, count, problem, expected }) => ({
    severity: 'warning',
    file,
    ...positionOf(whole, start + offset),
    offset: start + offset,
    problem: count === 1 ? problem : `${problem} (${count} times)`,
    expected,
  }))
}
