/** Arguments of faults as they are written in code. */

/** Longer text, such as a message, is shown as far as this. */
const shown = 60

/** A value of JSON as an argument: `'status'`, `{ octet: 1200 }`. */
export function written(value: unknown): string {
  if (typeof value === 'string' && value.length > shown) return written(`${value.slice(0, shown - 3)}...`)
  if (typeof value === 'string') return `'${value.replaceAll(/[\\'\n\r\t\0]/g, escaped)}'`
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return members.length === 0 ? '{}' : `{ ${members.map(([key, member]) => `${key}: ${written(member)}`).join(', ')} }`
}

const escapes: Readonly<Record<string, string>> = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\0': String.raw`\0`,
}

const escaped = (character: string): string => escapes[character] ?? `\\${character}`
