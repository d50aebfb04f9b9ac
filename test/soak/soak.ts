/**
 * Serves many sessions at a time, opens and closes many servers, and measures a very large maildrop:
 * pnpm soak [--sessions N] [--at-once N] [--seed N] [--cycles N] [--messages N]. docs/robustness.md says what is held.
 */
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { descriptors, handles, heap } from '../resources.ts'
import { measureLargeMaildrop } from './large-maildrop.ts'
import { openAndClose } from './open-and-close.ts'
import { soak } from './sessions.ts'

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '10000' },
    'at-once': { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    cycles: { type: 'string', default: '10000' },
    messages: { type: 'string', default: '100000' },
  },
})

/** What is held when the sockets that are closed are gone. */
async function held(): Promise<string> {
  await setTimeout(500)
  return `heap ${(await heap()).toFixed(1)} MB, ${descriptors()} descriptors, handles: ${handles()}`
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

// What is made once and stays, such as certificates and compiled code, is there before anything is counted.
await soak({ sessions: 200, atOnce: 20, seed: 0 })

console.log(`Before: ${await held()}`)
const begin = performance.now()
const report = await soak({
  sessions: Number(values.sessions),
  atOnce: Number(values['at-once']),
  seed: Number(values.seed),
})
console.log(
  `${values.sessions} sessions, ${values['at-once']} at a time, ${report.messages} messages: ${seconds(begin)}`,
)
console.log(report.farewells)
console.log(`Behind: ${await held()}`)
for (const problem of report.problems) console.log(problem)
if (report.problems.length > 0) process.exitCode = 1

const cycles = Number(values.cycles)
if (cycles > 0) {
  const { first, last, timeWaits } = await openAndClose(cycles)
  const ratio = `${first.toFixed(2)} ms each at first, ${last.toFixed(2)} ms at last`
  console.log(`${cycles} servers opened and closed: ${ratio}; ${timeWaits} connections more in TIME_WAIT`)
  console.log(`Behind: ${await held()}`)
}

const messages = Number(values.messages)
if (messages > 0) {
  console.log(`A maildrop of ${messages} messages (ms):`)
  for (const [what, ms] of Object.entries(await measureLargeMaildrop(messages)))
    console.log(`  ${what}: ${ms.toFixed(1)}`)
}
