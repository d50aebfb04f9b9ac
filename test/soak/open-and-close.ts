/** Servers that are opened and closed one after the other, as the suites of a test run do it. */
import { setupPop3Server } from '@pop3kit/server'
import { connect } from 'node:net'
import { timeWaits } from '../resources.ts'
import { LineClient } from './line-client.ts'

export interface Cycles {
  /** Milliseconds that a cycle of the first tenth took, and one of the last. */
  readonly first: number
  readonly last: number
  /** Connections in TIME_WAIT that were not there before. */
  readonly timeWaits: number | undefined
}

export async function openAndClose(count: number): Promise<Cycles> {
  const before = timeWaits()
  const tenth = Math.ceil(count / 10)
  const times: number[] = []
  for (let cycle = 0; cycle < count; cycle += 1) {
    const begin = performance.now()
    const server = await setupPop3Server().listen()
    const client = new LineClient(connect(server.port, server.host))
    await client.line()
    await client.ask('QUIT')
    client.end()
    await client.closed()
    await server.close()
    times.push(performance.now() - begin)
  }
  const after = timeWaits()
  return {
    first: mean(times.slice(0, tenth)),
    last: mean(times.slice(-tenth)),
    timeWaits: before === undefined || after === undefined ? undefined : after - before,
  }
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
