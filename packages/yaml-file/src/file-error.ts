/** The error of a file that cannot be loaded: it says where, what is there and what was expected. */

/** Where a problem stands in a text. */
export interface FilePosition {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
}

/** What is wrong with something, and what was expected instead. */
export interface Problem {
  /** What is there, in words. */
  readonly problem: string
  /** What was expected instead, in words. */
  readonly expected: string
  /** The error behind it, if there is one. */
  readonly cause?: unknown
}

/** What a {@link FileError} is made of. */
export interface FileErrorInit extends Problem {
  /** The path of what cannot be loaded. */
  readonly file: string
  /** The place in it, if the problem is one. */
  readonly position?: FilePosition | undefined
  /** What else is wrong with the same file. */
  readonly further?: readonly FileError[] | undefined
}

/** What cannot be loaded. Each package has a class of its own, with a name and a code. */
export abstract class FileError extends Error {
  /** What kind of file it is that cannot be loaded: the same in every version. */
  abstract readonly code: string
  /** The path of what cannot be loaded. */
  readonly file: string
  /** The line in it, from 1; `undefined` when the problem is not a place in a text. */
  readonly line: number | undefined
  /** The column in that line, from 1. */
  readonly column: number | undefined
  /** What is there, in words. */
  readonly problem: string
  /** What was expected instead, in words. */
  readonly expected: string
  /** What else is wrong with the same file, in the order in which it was found. */
  readonly further: readonly FileError[]

  /** Made by what loads the file. */
  constructor({ file, position, problem, expected, cause, further = [] }: FileErrorInit) {
    const place = position === undefined ? '' : `line ${position.line}, column ${position.column}: `
    super(`Cannot load "${file}": ${place}${problem}; expected ${expected}`, cause === undefined ? {} : { cause })
    this.file = file
    this.line = position?.line
    this.column = position?.column
    this.problem = problem
    this.expected = expected
    this.further = further
  }
}

/** The code of an error of the file system, such as ENOENT. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
}
