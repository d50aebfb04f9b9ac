/**
 * The public API of each package as reports that are committed, one an entry (packages/<id>/etc/<id>.api.md, <id>-<entry>.api.md), so
 * that a change of it shows in review: `pnpm api --update` accepts one. A public symbol or member without documentation is an error.
 */
import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel, type IConfigFile } from '@microsoft/api-extractor'
import { conclude } from '../lib/command.ts'
import { entriesOf, isLibrary, packagesOf, workspace, type Package } from '../lib/workspace.ts'

/** @param update writes the reports anew instead of comparing them */
export function apiProblems(root: string, update: boolean): string[] {
  return packagesOf(root)
    .filter(isLibrary)
    .flatMap((item) => entriesOf(item.manifest).flatMap((entry) => extract(item, entry, root, update)))
}

function extract({ id, folder }: Package, entry: string, root: string, update: boolean): string[] {
  const name = entry === 'index' ? id : `${id}-${entry}`
  const problems: string[] = []
  mkdirSync(join(folder, 'etc'), { recursive: true })
  const settings = ExtractorConfig.prepare({
    configObject: configFor(name, entry, folder),
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  })
  const { apiReportChanged } = Extractor.invoke(settings, {
    localBuild: update,
    printApiReportDiff: true,
    messageCallback: (message) => {
      const { logLevel, messageId, text, sourceFilePath, sourceFileLine } = message
      message.handled = true
      if (messageId === 'console-api-report-diff') problems.push(text)
      if (logLevel !== ExtractorLogLevel.Error) return
      const place = sourceFilePath === undefined ? '' : `${relative(root, sourceFilePath)}:${sourceFileLine}: `
      problems.push(`${place}${text} (${messageId})`)
    },
  })
  const report = `packages/${id}/etc/${name}.api.md`
  if (apiReportChanged && !update)
    problems.push(`${report} differs: the API has changed; accept it with pnpm api --update`)
  return problems
}

function configFor(name: string, entry: string, folder: string): IConfigFile {
  return {
    projectFolder: folder,
    mainEntryPointFilePath: join(folder, `dist/${entry}.d.mts`),
    newlineKind: 'lf',
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          module: 'nodenext',
          target: 'es2023',
          lib: ['es2023', 'esnext.disposable'],
          types: ['node'],
          // The types of msw want those of browsers.
          skipLibCheck: true,
        },
        files: [`dist/${entry}.d.mts`],
      },
    },
    apiReport: {
      enabled: true,
      reportFileName: `${name}.api.md`,
      // What a public symbol refers to is public in all but name (the functions of `fault`): it is in the report and documented, too.
      includeForgottenExports: true,
      reportFolder: join(folder, 'etc'),
      reportTempFolder: join(folder, 'reports/api'),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: error },
      extractorMessageReporting: {
        default: error,
        'ae-undocumented': error,
        'ae-forgotten-export': off,
        // Everything that the entry point exports is public.
        'ae-missing-release-tag': off,
        // Editors resolve links by TypeScript's scopes, which is more than this knows; so it is with TSDoc's own grammar.
        'ae-unresolved-link': off,
      },
      tsdocMessageReporting: { default: off },
    },
  }
}

const off = { logLevel: ExtractorLogLevel.None }
const error = { logLevel: ExtractorLogLevel.Error, addToApiReportFile: false }

if (import.meta.main) {
  const update = process.argv.includes('--update')
  conclude(
    apiProblems(workspace, update),
    update ? 'Wrote the API reports' : 'The API is documented and as its reports say',
  )
}
