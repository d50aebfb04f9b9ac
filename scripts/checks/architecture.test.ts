import { expect, test } from 'vitest'
import { fixture } from '../lib/fixture.test-support.ts'
import { wrongArrows } from './architecture.ts'

const codec = { name: '@pop3kit/codec' }
const server = { name: '@pop3kit/server', dependencies: { '@pop3kit/codec': 'workspace:^' } }

/** A codec and a server that obey, but for these files. */
function house(files: Record<string, string | object>): string[] {
  return wrongArrows(
    fixture({ 'packages/codec/package.json': codec, 'packages/server/package.json': server, ...files }),
  )
}

test('A server that uses the codec, and Node where it may, is right', () => {
  const problems = house({
    'packages/server/src/index.ts': `import { parse } from '@pop3kit/codec'\nimport { open } from './transports/tcp.ts'`,
    'packages/server/src/transports/tcp.ts': `import { connect } from 'node:net'`,
    'packages/server/src/random.ts': `import { randomBytes } from 'node:crypto'`,
  })
  expect(problems).toEqual([])
})

test('A dependency against the arrows is wrong, for development, too', () => {
  const problems = house({
    'packages/codec/package.json': { ...codec, devDependencies: { '@pop3kit/server': 'workspace:^' } },
  })
  expect(problems).toEqual([
    'packages/codec/package.json: "@pop3kit/server" is against the arrows, which allow nothing',
  ])
})

test.each([
  ['an import', `\nimport { x } from '@pop3kit/server'`],
  ['an import of types', `\nimport type { X } from '@pop3kit/server'`],
  ['an export', `\nexport { x } from '@pop3kit/server/faults'`],
  ['a dynamic import', `\nawait import('@pop3kit/server')`],
])('%s against the arrows is wrong', (_, source) => {
  const problems = house({ 'packages/codec/src/index.ts': source })
  expect(problems).toEqual([
    'packages/codec/src/index.ts:2: "@pop3kit/server" is against the arrows, which allow nothing',
  ])
})

test('A test obeys the arrows, but may use Node and development dependencies', () => {
  const source = `import 'vitest'\nimport 'node:net'\nimport '@pop3kit/server'`
  const problems = house({ 'packages/codec/src/index.test.ts': source })
  expect(problems).toEqual([expect.stringContaining('packages/codec/src/index.test.ts:3: "@pop3kit/server"')])
})

test('A zero-dependency package that gains a dependency is wrong', () => {
  const problems = house({
    'packages/server/package.json': { ...server, dependencies: { ...server.dependencies, lodash: '4.0.0' } },
    'packages/codec/src/index.ts': `import merge from 'lodash/merge'`,
  })
  expect(problems).toEqual([
    'packages/codec/src/index.ts:1: "lodash" is third-party, of which nothing is allowed',
    'packages/server/package.json: "lodash" is third-party, of which @peculiar/x509, reflect-metadata is allowed',
  ])
})

test('A relative import that leaves its package is wrong', () => {
  const problems = house({ 'packages/server/src/index.ts': `import { x } from '../../codec/src/index.ts'` })
  expect(problems).toEqual(['packages/server/src/index.ts:1: "../../codec/src/index.ts" leaves the package'])
})

test.each(['node:net', 'net', 'node:timers/promises'])(
  'An import of %s in the middle of the server is wrong',
  (module) => {
    const problems = house({ 'packages/server/src/session/session.ts': `import { x } from '${module}'` })
    expect(problems).toEqual([expect.stringContaining('may be imported only in src/transports/')])
  },
)

test('The codec may take types from Node, and nothing else', () => {
  const source = `import type { Duplex } from 'node:stream'\nimport { createHash } from 'node:crypto'`
  const problems = house({ 'packages/codec/src/index.ts': source })
  expect(problems).toEqual(['packages/codec/src/index.ts:2: node:crypto may be imported nowhere'])
})

test('A package without a row in the table is wrong', () => {
  expect(house({ 'packages/extra/package.json': { name: '@pop3kit/extra' } })).toEqual([
    'packages/extra has no row in scripts/checks/layers.ts',
  ])
})
