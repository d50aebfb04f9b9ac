/** The arguments that commands take (RFC 1939 section 3, R3). How they are read is the persona's. */
import type { PersonaText } from './persona.ts'

/** Says that an argument is not one that the command takes. */
export class Refusal {
  /** What stands behind `-ERR`. */
  readonly text: PersonaText
  /** Whether it is counted as a bad command. */
  readonly bad: boolean

  constructor(text: PersonaText, { bad = true }: { readonly bad?: boolean } = {}) {
    this.text = text
    this.bad = bad
  }
}

/** A mechanism, and what the client says first: `=` for nothing at all (RFC 5034 section 4). */
export interface MechanismArgument {
  /** Its name as the client wrote it. */
  readonly mechanism: string
  /** The initial response in base64, if there is one. */
  readonly initial: string | undefined
}

/** The arguments by their shape. */
export interface ArgumentValues {
  /** None at all. */
  readonly none: undefined
  /** Whatever stands there. */
  readonly any: string | undefined
  /** The name of a mailbox. */
  readonly name: string
  /** A password. */
  readonly password: string
  /** A name and an APOP digest. */
  readonly nameAndDigest: { readonly name: string; readonly digest: string }
  /** A message number. */
  readonly number: number
  /** A message number, or none for all messages. */
  readonly optionalNumber: number | undefined
  /** A message number and a count of lines; of a refusal instead of the count nobody hears when there is no such message. */
  readonly numberAndLines: { readonly number: number; readonly lines: number | Refusal }
  /** A SASL mechanism, or none to have them listed. */
  readonly mechanism: MechanismArgument | undefined
}

/** The shape of an argument. */
export type ArgumentShape = keyof ArgumentValues

/** Reads what stands behind a verb (`undefined`: nothing, not even a separator), or refuses it. */
export type ArgumentReader = {
  readonly [Shape in ArgumentShape]: (argument: string | undefined) => ArgumentValues[Shape] | Refusal
}
