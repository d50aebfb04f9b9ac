/** What clients leave behind: text of one character an octet. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A delivery agent for those that want one: a program of the shell that puts what it is given into a file of the next number. */
export const deliveryAgent = 'cat > "$(($(ls | grep -c "[.]eml$") + 1)).eml"\n'

/** The messages of a folder that has a file for each: `1.eml` and so on. */
export async function numberedFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+(\.eml)?$/.test(name))
  names.sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
  return Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))
}

/** Line ends of Unix made those of the protocol. */
export function withCrlf(text: string): string {
  return text.replaceAll('\n', '\r\n')
}
