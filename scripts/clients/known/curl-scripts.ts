/** curl in scripts that ask for the listing first. */
import type { Client } from '../client.ts'
import { numberedFiles } from '../delivered.ts'
import { argumentsOf, programOf } from '../program.ts'
import { curl } from './curl.ts'

function curlScript(name: string, processes: 'each' | 'all'): Client {
  const { packages, version } = curl
  return {
    name,
    packages,
    version,
    run: (errand) => ({ command: ['sh', programOf('fetch-with-curl.sh'), ...argumentsOf(errand), processes] }),
    delivered: numberedFiles,
  }
}

/** A process for each message. */
export const curlEach: Client = curlScript('curl', 'each')
/** One process for all messages. */
export const curlAll: Client = curlScript('curl, one for all', 'all')
