/** The house of docs/ARCHITECTURE.md as data: what each package may use. scripts/checks/architecture.ts holds the packages to it. */

export interface Layer {
  /** The packages of the kit that it may use: the arrows. */
  readonly uses: readonly string[]
  /** The third-party packages that it may need at run time. */
  readonly thirdParty: readonly string[] | 'any'
  /** Modules of Node that only some files of src/ may import, given by how their paths begin. */
  readonly confined?: { readonly modules: RegExp; readonly to: readonly string[] }
}

export const layers: Readonly<Record<string, Layer>> = {
  codec: {
    uses: [],
    thirdParty: [],
    confined: { modules: /^node:/, to: [] },
  },
  server: {
    uses: ['codec'],
    // Loaded when the first certificate is made.
    thirdParty: ['@peculiar/x509', 'reflect-metadata'],
    confined: {
      modules: /^node:(net|tls|timers|fs|stream)\b/,
      to: ['transports/', 'redirect/', 'redirect.ts', 'clock.ts'],
    },
  },
  client: {
    uses: ['codec'],
    thirdParty: [],
    confined: { modules: /^node:(net|tls)\b/, to: ['dial.ts'] },
  },
  conformance: {
    uses: ['codec'],
    thirdParty: [],
    confined: { modules: /^node:(net|tls)\b/, to: ['dial.ts'] },
  },
  // Built into those that use it (docs/decisions/0013-yaml-files.md).
  'yaml-file': { uses: [], thirdParty: 'any' },
  mailbox: { uses: ['yaml-file'], thirdParty: 'any' },
  scenario: { uses: ['codec', 'server', 'yaml-file'], thirdParty: 'any' },
  transcript: { uses: ['codec', 'server'], thirdParty: [] },
  // Each by the entry that is for it, and there already when that is imported.
  testing: { uses: ['server', 'mailbox'], thirdParty: ['vitest', '@jest/globals', 'expect'] },
  msw: { uses: ['codec', 'server'], thirdParty: 'any' },
  cli: {
    uses: ['codec', 'server', 'client', 'conformance', 'mailbox', 'scenario', 'testing', 'msw', 'transcript'],
    thirdParty: 'any',
  },
}
