/** Response codes: `[level/level]` at the start of the text of a reply (RFC 2449 section 8, RFC 3206). */
import { Pop3ArgumentError } from './errors.ts'
import { upperCaseAscii } from './octets.ts'

/** Levels of printable ASCII without `]`, divided by `/`. */
const CODE = String.raw`[\x21-\x2e\x30-\x5c\x5e-\x7e]+(?:/[\x21-\x2e\x30-\x5c\x5e-\x7e]+)*`
const WHOLE_CODE = new RegExp(`^${CODE}$`)
const CODE_AND_TEXT = new RegExp(String.raw`^\[(${CODE})\] ?(.*)$`, 's')

/**
 * Divides the text of a reply into its response code, when there is one, and the rest.
 *
 * @example Find the code
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseResponseCode } from '@pop3kit/codec'
 *
 * assert.deepEqual(parseResponseCode('[IN-USE] Do you have another session?'), {
 *   code: 'IN-USE',
 *   text: 'Do you have another session?',
 * })
 * assert.deepEqual(parseResponseCode('No such message'), { code: undefined, text: 'No such message' })
 * ```
 */
export function parseResponseCode(text: string): { readonly code: string | undefined; readonly text: string } {
  const [, code, rest] = CODE_AND_TEXT.exec(text) ?? []
  return { code, text: rest ?? text }
}

/**
 * Formats a response code with its brackets.
 *
 * @throws {@link Pop3ArgumentError} when the code breaks the grammar of RFC 2449, section 3.
 *
 * @example Format a code
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatResponseCode } from '@pop3kit/codec'
 *
 * assert.equal(formatResponseCode('SYS/TEMP'), '[SYS/TEMP]')
 * ```
 */
export function formatResponseCode(code: string): string {
  if (!WHOLE_CODE.test(code)) {
    throw new Pop3ArgumentError(
      `Cannot format ${JSON.stringify(code)} as a response code: expected levels of printable ASCII without "]", divided by "/"`,
    )
  }
  return `[${code}]`
}

/**
 * Whether a response code is the wanted one or a refinement of it: levels are compared one by one, in any case, and
 * levels deeper than the wanted one are ignored (R56).
 *
 * @example Ignore deeper levels
 * ```ts
 * import assert from 'node:assert/strict'
 * import { isResponseCode } from '@pop3kit/codec'
 *
 * assert.equal(isResponseCode('sys/temp', 'SYS'), true)
 * assert.equal(isResponseCode('SYS', 'SYS/TEMP'), false)
 * assert.equal(isResponseCode(undefined, 'SYS'), false)
 * ```
 */
export function isResponseCode(code: string | undefined, wanted: string): boolean {
  return code !== undefined && `${upperCaseAscii(code)}/`.startsWith(`${upperCaseAscii(wanted)}/`)
}
