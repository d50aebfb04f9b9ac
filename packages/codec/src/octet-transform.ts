/** Transforms of octets chunk by chunk, and the way to run one over a source. */

/** Where octets come from: an array, a generator, a web or Node stream. */
export type OctetSource = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Gives pieces for each chunk, and perhaps some more at the end. */
export interface OctetTransform {
  push(chunk: Uint8Array): readonly Uint8Array[]
  end(): readonly Uint8Array[]
}

/** Runs a transform over a source, as fast as the pieces are taken. */
export async function* transformed(source: OctetSource, transform: OctetTransform): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of source) yield* transform.push(chunk)
  yield* transform.end()
}
