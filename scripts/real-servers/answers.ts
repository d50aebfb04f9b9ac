/** Tells from the outside whether a server has answered all that it was sent. Where it is not sure, it says no, and one waits longer. */

/** @param sent Latin-1, from where the last answer was complete */
export function isAnswered(sent: string, heard: string): boolean {
  if (sent !== '' && !sent.endsWith('\n')) return false
  let rest = heard
  for (const line of sent.split('\n').slice(0, -1)) {
    const reply = replyAtStart(rest, line)
    if (reply === undefined) return false
    rest = rest.slice(reply.length)
  }
  return rest.endsWith('\n') || rest === ''
}

function replyAtStart(heard: string, line: string): string | undefined {
  const status = /^[^\n]*\n/.exec(heard)?.[0]
  if (status === undefined || !status.startsWith('+OK') || !isMultiLine(line)) return status
  return /^[^\n]*\n(?:[^.\n][^\n]*\n|\r?\n|\.[^\r\n][^\n]*\n)*\.\r?\n/.exec(heard)?.[0]
}

function isMultiLine(line: string): boolean {
  return /^\s*(?:CAPA\b|RETR\s|TOP\s|(?:LIST|UIDL|AUTH|LANG)\s*$)/i.test(line)
}
