/** Arrows between packages point one way, in package.json and in the sources; sockets, timers and files stay at the edge. */
import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, relative, resolve, sep } from 'node:path'
import { conclude } from '../lib/command.ts'
import { importsOf } from '../lib/imports.ts'
import { isForTests, packagesOf, workspace, type Package } from '../lib/workspace.ts'
import { layers, type Layer } from './layers.ts'

export function wrongArrows(root: string): string[] {
  const packages = packagesOf(root)
  const ids = new Map(packages.map(({ manifest, id }) => [manifest.name, id]))
  return packages.flatMap((item) => {
    const layer = layers[item.id]
    if (layer === undefined) return [`packages/${item.id} has no row in scripts/checks/layers.ts`]
    return [...wrongDependencies(item, layer, ids), ...wrongImports(item, layer, ids, root)]
  })
}

function wrongDependencies({ id, manifest }: Package, layer: Layer, ids: Map<string, string>): string[] {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = manifest
  const runtime = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })
  const all = [...runtime, ...Object.keys(devDependencies ?? {}).filter((name) => ids.has(name))]
  return all.flatMap((name) => wrongUse(name, layer, ids).map((what) => `packages/${id}/package.json: ${what}`))
}

function wrongImports({ id, folder }: Package, layer: Layer, ids: Map<string, string>, root: string): string[] {
  return globSync('src/**/*.{ts,mts,cts}', { cwd: folder }).flatMap((file) => {
    const path = join(folder, file)
    // Tests may use what they like, but they obey the arrows, too.
    const isTest = isForTests(file)
    const wrong = importsOf(path, readFileSync(path, 'utf8')).map(({ specifier, line, typeOnly }) => {
      const where = `${relative(root, path)}:${line}`
      if (specifier.startsWith('.')) {
        return resolve(path, '..', specifier).startsWith(folder + sep)
          ? []
          : `${where}: "${specifier}" leaves the package`
      }
      const name = packageName(specifier)
      if (ids.get(name) === id || (isTest && !ids.has(name))) return []
      if (!isBuiltin(specifier)) return wrongUse(name, layer, ids).map((what) => `${where}: ${what}`)
      const { modules, to } = layer.confined ?? { modules: /^$/, to: [] }
      const inSource = file.split(sep).slice(1).join('/')
      if (typeOnly || !modules.test(name) || to.some((prefix) => inSource.startsWith(prefix))) return []
      return `${where}: ${name} may be imported ${to.length === 0 ? 'nowhere' : `only in src/${to.join(', src/')}`}`
    })
    return wrong.flat()
  })
}

/** Says what is wrong with using this package at this layer, if anything is. */
function wrongUse(name: string, { uses, thirdParty }: Layer, ids: Map<string, string>): string[] {
  const id = ids.get(name)
  if (id !== undefined) return uses.includes(id) ? [] : [`"${name}" is against the arrows, which allow ${list(uses)}`]
  return thirdParty === 'any' || thirdParty.includes(name)
    ? []
    : [`"${name}" is third-party, of which ${list(thirdParty)} is allowed`]
}

function packageName(specifier: string): string {
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ')
}

if (import.meta.main) conclude(wrongArrows(workspace), 'Every arrow points the right way')
