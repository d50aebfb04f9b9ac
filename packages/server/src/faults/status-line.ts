/** Status lines of replies as octets, for faults that send one where none is due. */
import { encodeLatin1, encodeText } from '@pop3kit/codec'
import type { Write } from '../reply/position.ts'
import type { Reply } from '../reply/reply.ts'

/** A line as a step, in the charset of the reply it stands in. */
export function lineOf(words: string, charset: Reply['charset'] = 'utf-8'): Write {
  const line = `${words}\r\n`
  return { type: 'write', part: 'status', octets: charset === 'latin-1' ? encodeLatin1(line) : encodeText(line) }
}

/** What stands behind the status indicator. */
export function wordsOf({ code, text }: Reply): string {
  return [code === undefined ? '' : `[${code}]`, text].filter((words) => words !== '').join(' ')
}
