/** Reads an mbox from a file. */
import { basename } from 'node:path'
import { errorCode } from '@pop3kit/yaml-file'
import type { Findings } from '../findings.ts'
import type { MailboxMessage } from '../mailbox.ts'
import { MailboxError } from '../mailbox-error.ts'
import { positionOf, readOctets } from '../stored-octets.ts'
import type { MboxDialect } from './dialect.ts'
import { readMbox } from './read-mbox.ts'

/** The messages of an mbox, as they follow each other. */
export async function readMboxFile(
  path: string,
  dialect: MboxDialect | undefined,
  findings: Findings,
): Promise<MailboxMessage[]> {
  let whole: Uint8Array
  try {
    whole = await readOctets(path)
  } catch (cause) {
    const problem = `it cannot be read (${errorCode(cause)})`
    findings.refuse(new MailboxError({ file: path, problem, expected: 'an mbox', cause }))
    return []
  }
  const entries = readMbox(whole, dialect, (offset, problem, expected) => {
    findings.refuse(new MailboxError({ file: path, position: positionOf(whole, offset), offset, problem, expected }))
  })
  return entries.map(({ offset, stored, content, arrivedAt }) => {
    findings.message({ file: path, whole, start: offset, end: offset + stored.length })
    return { file: basename(path), content, ...(arrivedAt !== undefined && { arrivedAt }) }
  })
}
