/** The octets of a generated message: a header, and a body that fills it up to its size. */
import { type Outline, headingOf } from './outline.ts'
import { phrase, prose } from './prose.ts'
import type { Random } from './random.ts'

/** The smallest message that has a whole header, in octets. */
export const smallest = 256

const recipient = 'you@example.com'

/** The octets of message number `index`, from 0. */
export function letter(seed: number, index: number, octets: number, outline: Outline): Uint8Array {
  const { author, subject, thread } = headingOf(seed, index, outline)
  const { random, arrivedAt } = outline
  const id = (index: number): string => `<${index + 1}.${seed}@generated.example>`
  const answered = thread.at(-1)
  const whole = [
    `Return-Path: <${/<(.*)>/.exec(author)?.[1] ?? ''}>`,
    `Received: from mail.generated.example by mx.example.com with ESMTPS id ${index + 1};`,
    `\t${internetDate(arrivedAt)}`,
    `From: ${author}`,
    `To: ${recipient}`,
    `Subject: ${subject}`,
    `Date: ${internetDate(arrivedAt - 2000)}`,
    `Message-ID: ${id(index)}`,
    ...(answered === undefined ? [] : [`In-Reply-To: ${id(answered)}`, `References: ${thread.map(id).join('\r\n ')}`]),
  ]
  const boundary = `part-${index + 1}.${seed}`
  const form = random.pick([plain, plain, plain, alternative, withFile])
  const text =
    form(whole, random, octets, boundary) ??
    plain(whole, random, octets, boundary) ??
    // What RFC 5322 section 3.6 wants, and whom it is for.
    barely(whole.slice(3, 8), random, octets)
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

/** A message, unless it takes more octets than that. */
type Form = (header: readonly string[], random: Random, octets: number, boundary: string) => string | undefined

function barely(header: readonly string[], random: Random, octets: number): string {
  const before = lines(...header, '')
  return before + prose(random, octets - before.length)
}

const plain: Form = (header, random, octets) => filled(octets, lines(...header, ''), (left) => prose(random, left), '')

const alternative: Form = (header, random, octets, boundary) => {
  const before = lines(
    ...multipart(header, 'alternative', boundary),
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
  )
  const html = ['Content-Type: text/html; charset=us-ascii', '', `<p>${capital(phrase(random, 9))}</p>`]
  return filled(octets, before, (left) => prose(random, left), lines('', `--${boundary}`, ...html, `--${boundary}--`))
}

/** Half of the octets that are left are a file. */
const withFile: Form = (header, random, octets, boundary) => {
  const before = lines(
    ...multipart(header, 'mixed', boundary),
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
  )
  const file = [
    `Content-Type: application/octet-stream; name="${phrase(random, 1)}.bin"`,
    'Content-Disposition: attachment',
    'Content-Transfer-Encoding: base64',
    '',
  ]
  const length = Math.max(1, Math.floor((octets - before.length) / 2 / 78))
  const encoded = Array.from({ length }, () => lineOfBase64(random))
  return filled(
    octets,
    before,
    (left) => prose(random, left),
    lines('', `--${boundary}`, ...file, ...encoded, `--${boundary}--`),
  )
}

function multipart(header: readonly string[], kind: string, boundary: string): string[] {
  return [...header, 'MIME-Version: 1.0', `Content-Type: multipart/${kind}; boundary="${boundary}"`, '']
}

/** What stands before and behind, and between them as much as is left; nothing when not even a line end is. */
function filled(
  octets: number,
  before: string,
  between: (octets: number) => string,
  behind: string,
): string | undefined {
  const left = octets - before.length - behind.length
  return left < 2 ? undefined : before + between(left) + behind
}

const lines = (...lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('')

/** 57 octets. */
const lineOfBase64 = (random: Random): string =>
  Buffer.from(Array.from({ length: 57 }, () => random.below(256))).toString('base64')

/** As in a header (RFC 5322 section 3.3), in UTC. */
const internetDate = (time: number): string => new Date(time).toUTCString().replace('GMT', '+0000')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
