/** The From_ line that stands before each message of an mbox (RFC 4155 appendix A): who sent it, and when it was delivered. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

// As asctime writes it. Many write a zone, too, before the year or behind it.
const timestamp = new RegExp(
  String.raw`^From .*?\b(?:${days.join('|')}),? +(?<month>${months.join('|')}) +(?<day>\d{1,2})` +
    String.raw` +(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d))?` +
    String.raw`(?: +(?:[A-Z]{1,5}|(?<before>[+-]\d{4})))? +(?<year>\d{4})(?: +(?<behind>[+-]\d{4}))?`,
)

/**
 * When a message was delivered, in milliseconds since the epoch, as its From_ line says; `undefined` when a line is none, as when a
 * sentence begins with "From ". Without an offset the time is UTC, as RFC 4155 wants it.
 */
export function deliveryTime(line: string): number | undefined {
  const { month = '', day, hour, minute, second = '0', before, year, behind } = timestamp.exec(line)?.groups ?? {}
  if (year === undefined) return undefined
  const written = Date.UTC(
    Number(year),
    months.indexOf(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  return written - offsetOf(behind ?? before ?? '+0000')
}

function offsetOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

/** The From_ line of a message without its line end. The sender is the one that stands for none. */
export function fromLine(arrivedAt: number): string {
  const date = new Date(arrivedAt)
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = String(date.getUTCDate()).padStart(2)
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  return `From MAILER-DAEMON ${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${day} ${time} ${date.getUTCFullYear()}`
}
