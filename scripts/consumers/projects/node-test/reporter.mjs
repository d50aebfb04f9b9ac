/** The results of node:test, as Jest and Vitest write theirs. */
export default async function* results(events) {
  const assertionResults = []
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail')
      assertionResults.push({ fullName: data.name, status: type === 'test:pass' ? 'passed' : 'failed' })
  }
  yield JSON.stringify({ testResults: [{ name: 'node:test', assertionResults }] })
}
