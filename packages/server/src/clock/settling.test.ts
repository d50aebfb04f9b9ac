import { open } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Settleable, Settling } from './settling.ts'

const quiet: Settleable = { activity: 0, isBusy: false, inFlight: undefined }

/** A connection of which something changes after so many turns of the event loop. */
async function after(turns: number, change: () => void): Promise<void> {
  for (let count = 0; count < turns; count += 1) await setImmediate()
  change()
}

test('without connections a server is settled', async () => {
  await new Settling(() => []).settled(() => {})
})

test('what a client needs to go on runs each turn', async () => {
  let turns = 0
  await new Settling(() => [quiet]).settled(() => (turns += 1))
  expect(turns).toBeGreaterThan(1)
})

test('octets on their way are waited for, however many turns that takes', async () => {
  const connection: { -readonly [Key in keyof Settleable]: Settleable[Key] } = { ...quiet, inFlight: { arrived: 3 } }
  const arrived = after(200, () => (connection.inFlight = undefined))
  await new Settling(() => [connection]).settled(() => {})
  expect(connection.inFlight).toBeUndefined()
  await arrived
})

test('what is busy is waited for', async () => {
  const connection: { -readonly [Key in keyof Settleable]: Settleable[Key] } = { ...quiet, isBusy: true }
  const over = after(200, () => (connection.isBusy = false))
  await new Settling(() => [connection]).settled(() => {})
  expect(connection.isBusy).toBe(false)
  await over
})

test('a client that stalls is waited for once, and again when it has moved', async () => {
  const connection: { -readonly [Key in keyof Settleable]: Settleable[Key] } = { ...quiet, inFlight: { arrived: 3 } }
  const settling = new Settling(() => [connection])
  const wait = async (): Promise<number> => {
    const begun = performance.now()
    await settling.settled(() => {})
    return performance.now() - begun
  }
  expect(await wait()).toBeGreaterThan(200)
  connection.activity += 1
  const turns = await Promise.all([wait(), wait(), wait()])
  expect(Math.min(...turns)).toBeLessThan(200)
  connection.inFlight = { arrived: 4 }
  expect(await wait()).toBeGreaterThan(200)
})

test('a client that writes what it has got to a file is waited for', async () => {
  let isWritten = false
  const written = (async () => {
    const file = await open('/dev/null', 'w')
    for (let count = 0; count < 20; count += 1) await file.write('Hello\r\n')
    await file.close()
    isWritten = true
  })()
  await new Settling(() => [quiet]).settled(() => {})
  expect(isWritten).toBe(true)
  await written
})
