/** The 25 faults of docs/clients-under-fault.md: what is wrong with the server, and the mail that it has. */
import { combineScenarios, loadScenario, parseScenario, type ScenarioOptions } from '@pop3kit/scenario'
import { join } from 'node:path'
import { workspace } from '../lib/workspace.ts'
import { mailFor, type Mail } from './mail.ts'

/** By the tables of the page. Each is a file in fixtures/scenarios/clients-under-fault/. */
export const faultsByTable = {
  'The end of a message': ['noterm-close', 'trunc-close', 'rst-mid', 'noterm-open'],
  'Lines and dots': ['lf-terminator', 'all-lf', 'unstuffed', 'extra-crlf-status'],
  'Refusals and contradictions': ['retr2-err', 'retr7-err', 'list-err', 'stat-lie', 'dup-uidl'],
  'Nothing is wrong on the wire, or only a size': ['drip', 'split-crlf', 'midline-dot-packet', 'latin1', 'size-lie'],
  'Commands that are not there, and QUIT': ['no-uidl', 'top-unsupported', 'no-capa', 'quit-close'],
  'The way in': ['greeting-err', 'greeting-silent', 'login-close'],
} as const

export type FaultName = (typeof faultsByTable)[keyof typeof faultsByTable][number]

export const faultNames: readonly FaultName[] = Object.values(faultsByTable).flat()

export interface Fault {
  readonly name: FaultName
  /** What happens, in one sentence. */
  readonly title: string
  /** What sets up a server for it. */
  readonly options: ScenarioOptions
  readonly mail: readonly Mail[]
}

/** So that all clients take the same way in, USER and PASS, and wait for each reply; of few words, for the drip. */
const plain = parseScenario(
  `
title: A plain server
commands: { AUTH: null, APOP: null, STLS: null, UTF8: null, LANG: null }
texts: { greeting: ready, capa.ok: '', user.ok: '', login.ok: '', list.ok: '', uidl.ok: '', quit.ok: '' }
handlers:
  - { at: CAPA, play: { capabilities: { remove: [PIPELINING, RESP-CODES, AUTH-RESP-CODE, EXPIRE, IMPLEMENTATION] } } }
`,
  { file: 'the plain server' },
)

export async function loadFault(name: FaultName): Promise<Fault> {
  const scenario = await loadScenario(join(workspace, 'fixtures/scenarios/clients-under-fault', `${name}.yaml`))
  return { name, title: scenario.title, options: combineScenarios([plain, scenario]), mail: await mailFor(name) }
}

export function faultNamed(name: string): FaultName {
  const found = faultNames.find((one) => one === name)
  if (found !== undefined) return found
  throw new Error(`Cannot play "${name}": expected one of ${faultNames.map((one) => `"${one}"`).join(', ')}`)
}
