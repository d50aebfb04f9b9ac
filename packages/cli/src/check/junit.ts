/** A report as JUnit XML, which build servers read. */
import type { CheckResult, ConformanceReport } from '@pop3kit/conformance'

/** The document. The builder is loaded only when somebody asks for it. */
export async function junitOf({ server, results, totals }: ConformanceReport): Promise<string> {
  const { default: XmlBuilder } = await import('fast-xml-builder')
  const builder = new XmlBuilder({ format: true, ignoreAttributes: false, attributeNamePrefix: '@' })
  const counts = {
    '@name': `pop3kit check ${server.host}:${server.port}`,
    '@tests': String(results.length),
    '@failures': String(totals.fail),
    '@skipped': String(totals['not offered'] + totals['not testable']),
    '@time': seconds(results.reduce((sum, { ms }) => sum + ms, 0)),
  }
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuite: { ...counts, testcase: results.map(caseOf) },
  })
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

function caseOf({ requirement, id, level, title, outcome, reason, excerpt, ms }: CheckResult): object {
  const said = excerpt.join('\n')
  return {
    '@classname': `pop3.${requirement}`,
    '@name': `${id}: ${title}`,
    '@time': seconds(ms),
    ...(outcome === 'fail' && { failure: { '@message': reason, '@type': level, '#text': said } }),
    ...(outcome.startsWith('not') && { skipped: { '@message': `${outcome}: ${reason}` } }),
    ...(outcome === 'pass' && { 'system-out': said }),
  }
}
