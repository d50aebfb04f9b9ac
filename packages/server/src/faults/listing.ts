/** Faults that lie in listings: STAT, LIST, LIST n, UIDL and UIDL n of any persona (RFC 1939 sections 5 and 7). */
import type { HandlerContext } from '../handlers/handler.ts'
import type { Reply } from '../reply/reply.ts'
import { type Behaviour, answering } from './fault.ts'
import { linesOf, withLines } from './lines.ts'

/** A row of a listing, or the drop listing of STAT: a number, a blank, and what it says. */
interface Row {
  readonly number: number
  readonly value: string
  /** Its place among the rows, from 0; `undefined` when it is the only line of the reply. */
  readonly index: number | undefined
}

/** What stands in place of a row; `undefined` leaves it out. */
export type RowChange = (row: Row, context: HandlerContext) => string | undefined | Promise<string | undefined>

/** Changes the rows of positive replies to these verbs; it has an effect when a row is another one then. */
export function changingRows(verbs: readonly string[], change: RowChange): Behaviour {
  return answering(async (context, next) => {
    if (!verbs.includes(context.command?.verb ?? '')) return undefined
    const honest = await next()
    if (!honest.ok) return undefined
    const changed = (line: string, index?: number): ReturnType<RowChange> => {
      const [, number, value = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
      return number === undefined ? line : change({ number: Number(number), value, index }, context)
    }
    return honest.body === undefined
      ? lineChanged(honest, await changed(honest.text))
      : linesChanged(honest, await linesOf(honest.body), changed)
  })
}

/** The only line of a listing cannot be left out. */
function lineChanged(honest: Reply, text: string | undefined): Reply | undefined {
  return text === undefined || text === honest.text ? undefined : { ...honest, text }
}

async function linesChanged(
  honest: Reply,
  lines: readonly string[],
  changed: (line: string, index: number) => ReturnType<RowChange>,
): Promise<Reply | undefined> {
  const others: string[] = []
  let isSame = true
  for (const [index, line] of lines.entries()) {
    const other = await changed(line, index)
    isSame &&= other === line
    if (other !== undefined) others.push(other)
  }
  return isSame ? undefined : withLines(honest, others)
}
