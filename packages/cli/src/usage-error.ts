/** What a person typed cannot be used. */
export class UsageError extends Error {
  readonly code = 'USAGE'
}
