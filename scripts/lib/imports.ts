/** The modules that a source file asks for. */
import { parseSync } from 'oxc-parser'

export interface Import {
  readonly specifier: string
  readonly line: number
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean
}

export function importsOf(file: string, source: string): Import[] {
  const { module } = parseSync(file, source)
  const found = (specifier: string, start: number, typeOnly: boolean): Import => {
    return { specifier, line: source.slice(0, start).split('\n').length, typeOnly }
  }
  return [
    ...module.staticImports.map(({ moduleRequest, start, entries }) =>
      found(moduleRequest.value, start, entries.length > 0 && entries.every(({ isType }) => isType)),
    ),
    ...module.staticExports.flatMap(({ start, entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest === null ? [] : [found(moduleRequest.value, start, isType)],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
      found(source.slice(start, end).replace(/^['"`]|['"`]$/g, ''), start, false),
    ),
  ]
}
