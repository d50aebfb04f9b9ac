/** node-pop3 of npm. */
import type { Client } from '../client.ts'
import { numberedFiles } from '../delivered.ts'
import { argumentsOf, npmVersion, programOf } from '../program.ts'

export const nodePop3: Client = {
  name: 'node-pop3',
  packages: [],
  version: npmVersion('node-pop3'),
  run: (errand) => ({ command: [process.execPath, programOf('fetch-with-node-pop3.ts'), ...argumentsOf(errand)] }),
  delivered: numberedFiles,
}
