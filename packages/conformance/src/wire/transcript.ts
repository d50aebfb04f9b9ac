/** What was said in a check, as lines fit to be shown: secrets masked, long bodies and long lines shortened. */
import { decodeLatin1 } from '@pop3kit/codec'

interface Entry {
  /** `C` and `S`, with a number after them from the second connection on; `#` for what is not on the wire. */
  readonly who: string
  readonly line: string | Uint8Array
  /** Whether it is a line of the body of a multi-line reply. */
  readonly body: boolean
}

/** Lines of a body that are shown at its beginning and at its end. */
const shownOfBody = { first: 3, last: 2 }
/** The longest excerpt, in lines, and the longest line, in characters. */
const longest = { lines: 60, characters: 200 }

/** The shortest secret that is masked where the server repeats it; commands never show any. */
const shortestSecret = 4

/** Keeps what was said. Nothing is made text of before somebody asks for it. */
export class Transcript {
  readonly #secrets: readonly string[]
  readonly #entries: Entry[] = []
  #connections = 0

  /** @param secrets what is shown as `***`, wherever it stands */
  constructor(secrets: readonly string[]) {
    // The longest first: one may be a part of another. What is very short would be found everywhere, and so be told.
    this.#secrets = secrets.filter(({ length }) => length >= shortestSecret).toSorted((a, b) => b.length - a.length)
  }

  /** The label of the next connection: nothing for the first, `2` for the second. */
  connection(): string {
    this.#connections += 1
    return this.#connections === 1 ? '' : String(this.#connections)
  }

  sent(label: string, line: string | Uint8Array): void {
    this.#entries.push({ who: `C${label}`, line, body: false })
  }

  heard(label: string, line: Uint8Array, body: boolean): void {
    this.#entries.push({ who: `S${label}`, line, body })
  }

  note(label: string, text: string): void {
    this.#entries.push({ who: '#', line: label === '' ? text : `connection ${label}: ${text}`, body: false })
  }

  /** A text fit to be shown: without the secrets, and without what would command a terminal. */
  shown(text: string): string {
    const masked = this.#secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
    const visible = masked.replaceAll(/[^\x20-\x7e\t]/g, escaped)
    return visible.length > longest.characters
      ? `${visible.slice(0, longest.characters)}... (${visible.length})`
      : visible
  }

  /** The lines: `C: ` what the suite said, `S: ` what the server said, `# ` what else happened. */
  excerpt(): readonly string[] {
    const lines = this.#shortened().map((entry) => (typeof entry === 'string' ? entry : this.#format(entry)))
    const surplus = lines.length - longest.lines
    return surplus <= 0 ? lines : [`# ${surplus + 1} lines before these`, ...lines.slice(surplus + 1)]
  }

  /** The entries, with a sentence in place of the middle of each long body. */
  #shortened(): (Entry | string)[] {
    const shortened: (Entry | string)[] = []
    let from = 0
    while (from < this.#entries.length) {
      let to = from + 1
      while (this.#entries[from]?.body === true && this.#entries[to]?.body === true) to += 1
      const run = this.#entries.slice(from, to)
      const hidden = run.length - shownOfBody.first - shownOfBody.last
      if (hidden <= 1) shortened.push(...run)
      else shortened.push(...run.slice(0, shownOfBody.first), `# ${hidden} more lines`, ...run.slice(-shownOfBody.last))
      from = to
    }
    return shortened
  }

  #format({ who, line }: Entry): string {
    return `${who}${who === '#' ? '' : ':'} ${this.shown(typeof line === 'string' ? line : decodeLatin1(line))}`
  }
}

const escaped = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
