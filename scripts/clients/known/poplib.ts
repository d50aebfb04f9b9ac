/** poplib of Python. */
import type { InteropClient } from '../client.ts'
import { numberedFiles } from '../delivered.ts'
import { argumentsOf, programOf } from '../program.ts'

export const poplib: InteropClient = {
  name: 'poplib',
  packages: ['python3'],
  version: ['python3', '-c', 'import poplib, ssl, sys; print(sys.version)'],
  logins: ['PASS', 'APOP'],
  remembers: false,
  run: (errand) => ({ command: ['python3', programOf('fetch-with-poplib.py'), ...argumentsOf(errand)] }),
  delivered: numberedFiles,
  changes: 'nothing, once `poplib._MAXLINE` is raised: lines of more than 2048 octets are an error otherwise',
}
