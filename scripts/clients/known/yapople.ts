/** yapople of npm. */
import type { Client } from '../client.ts'
import { numberedFiles } from '../delivered.ts'
import { argumentsOf, npmVersion, programOf } from '../program.ts'

export const yapople: Client = {
  name: 'yapople',
  packages: [],
  version: npmVersion('yapople'),
  run: (errand) => ({ command: [process.execPath, programOf('fetch-with-yapople.ts'), ...argumentsOf(errand)] }),
  delivered: numberedFiles,
}
