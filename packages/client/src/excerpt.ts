/** What the server sent, fit to be printed in an error message. */

/** The beginning of a text, on one line; "..." when there is more. */
export function excerptOf(text: string): string {
  const excerpt = JSON.stringify(text.slice(0, 60)).slice(1, -1)
  return text.length > 60 ? `${excerpt}...` : excerpt
}
