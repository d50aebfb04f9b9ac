/**
 * A conformance suite for POP3 servers: any server, with a known maildrop or with credentials alone, against each requirement of the
 * RFCs.
 *
 * @packageDocumentation
 */
export { checkServer } from './check-server.ts'
export { checks } from './checks/index.ts'
export type { CheckDescription, Level, Need } from './check.ts'
export { CheckServerError } from './errors.ts'
export type { CheckServerOptions, KnownMessage, TlsMode, TlsOptions } from './options.ts'
export type { CheckResult, ConformanceReport, Outcome, ServerFacts } from './report.ts'
