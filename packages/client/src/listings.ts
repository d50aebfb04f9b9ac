/** The rows of LIST, UIDL and LANG, and the one row of LIST and UIDL with a message number (RFC 1939 sections 5 and 7). */
import { decodeText, encodeText, excerptOf, type Line, Pop3ProtocolError, type ReplyStatus } from '@pop3kit/codec'

export type RowParser<Row> = (line: string, options: { readonly lenient: boolean; readonly offset: number }) => Row

/** The rows of a listing, read as real servers write them (M15, M19, M32). */
export function parseRows<Row>(lines: readonly Line[], parse: RowParser<Row>): Row[] {
  return lines.map(({ octets, offset }) => parse(decodeText(octets), { lenient: true, offset }))
}

/** The row about the message that was asked for; one about another is an error (M28). */
export function parseRow<Row extends { readonly number: number }>(
  { text, line, offset }: ReplyStatus,
  number: number,
  parse: RowParser<Row>,
): Row {
  const row = parse(text, { lenient: true, offset })
  if (row.number === number) return row
  const excerpt = excerptOf(encodeText(line))
  const message = `Cannot read the listing "${excerpt}" at offset ${offset}: expected message ${number}, not ${row.number}`
  throw new Pop3ProtocolError(message, { offset, excerpt })
}
