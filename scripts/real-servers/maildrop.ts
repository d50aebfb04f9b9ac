/** The maildrop of alice in a real server, as whoever delivers sees it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../lib/workspace.ts'

export interface Maildrop {
  /** Puts the seven messages there and nothing else. */
  reset(): Promise<void>
  /** @param message in wire form: every line ends with CRLF */
  deliver(message: Uint8Array): Promise<void>
  /** Removes the file of a message behind the server's back. */
  loseFile(number: number): Promise<void>
}

/** Both users of every server, and their passwords. */
export const users: Readonly<Record<string, string>> = { alice: 'wonderland', bob: 'builder' }

/** The seven messages in wire form. Message 7 has no line end at its end. */
export const messages: readonly Uint8Array[] = [1, 2, 3, 4, 5, 6, 7].map((number) => {
  const octets = readFileSync(join(workspace, `fixtures/real-servers/messages/${number}.eml`))
  return number === 7 ? octets.subarray(0, -2) : octets
})
