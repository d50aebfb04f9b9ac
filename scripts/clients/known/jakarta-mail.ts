/** Jakarta Mail. */
import type { InteropClient } from '../client.ts'
import { numberedFiles } from '../delivered.ts'
import { argumentsOf, programOf } from '../program.ts'

/** Java that starts soon, since it has little to do. */
const java = ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', programOf('FetchWithJakartaMail.java')] as const

export const jakartaMail: InteropClient = {
  name: 'Jakarta Mail',
  packages: ['libjakarta-mail-java', 'openjdk-17-jre-headless'],
  version: [...java, 'version'],
  logins: ['PASS', 'APOP', 'PLAIN', 'XOAUTH2'],
  remembers: false,
  run: (errand) => ({ command: [...java, ...argumentsOf(errand)] }),
  delivered: numberedFiles,
  changes: 'nothing',
}
