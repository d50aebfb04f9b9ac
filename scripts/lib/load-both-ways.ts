/** A program that loads each library with `import` and with `require`, and fails unless both give the same names. */
export function loadBothWays(names: readonly string[]): string {
  return `const assert = require('node:assert/strict')
for (const name of ${JSON.stringify(names)}) {
  import(name).then((module) => assert.deepEqual(Object.keys(require(name)).sort(), Object.keys(module).sort()))
}`
}
