/** Ports of the loopback interface. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** Gives as many ports as asked for that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening')
  const addresses = servers.map((server) => server.address())
  for (const server of servers) await once(server.close(), 'close')
  return addresses.flatMap((address) => (address !== null && typeof address === 'object' ? [address.port] : []))
}

/** Waits until a server on this port greets, or until the signal. */
export async function greets(port: number, signal: AbortSignal): Promise<void> {
  while (!(await greetsNow(port, signal))) await setTimeout(50, undefined, { signal })
}

/** The system takes connections for a server that is still busy with starting: only octets count. */
async function greetsNow(port: number, signal: AbortSignal): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  try {
    await once(socket, 'data', { signal })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
