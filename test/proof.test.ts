/** Pieces come apart at the peer, and a reset comes behind what it was to read, wherever the client runs (DESIGN.md section 5). */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { type Pop3Server, type Pop3ServerOptions, fault, pop3, reply, setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'

/** How a client connects. */
type Security = 'none' | 'implicit' | 'starttls'

/** What a client heard of one connection, behind its command: the pieces, and how it ended. */
interface Heard {
  readonly pieces: string[]
  readonly end: string
}

/**
 * A client without imports of ours: it is run here, in a worker and in a process of its own. It says one command when it was greeted, and
 * notes the pieces that come from then on.
 */
const source = `
async function meet(net, tls, { times, ...settings }) {
  const all = []
  for (let time = 0; time < times; time += 1) all.push(await meetOnce(net, tls, settings))
  return all
}
async function meetOnce(net, tls, { port, security, ca, work, say }) {
  const heard = { pieces: [], end: 'open' }
  const line = (socket) => new Promise((resolve) => {
    let text = ''
    socket.on('data', function listen(octets) {
      text += octets.toString('latin1')
      if (!text.endsWith('\\n')) return
      socket.off('data', listen)
      socket.pause()
      resolve(text)
    })
    socket.resume()
  })
  const happens = (socket, event) => new Promise((resolve) => socket.once(event, resolve))
  let socket = security === 'implicit' ? tls.connect({ port, host: 'localhost', ca }) : net.connect(port, '127.0.0.1')
  const ended = (socket) => new Promise((resolve) => {
    socket.once('error', (error) => resolve(error.syscall + ' ' + error.code))
    socket.once('end', () => resolve('end'))
  })
  let end = ended(socket)
  if (say !== undefined) await line(socket)
  if (security === 'starttls') {
    socket.write('STLS\\r\\n')
    await line(socket)
    socket = tls.connect({ socket, servername: 'localhost', ca })
    end = ended(socket)
    await happens(socket, 'secureConnect')
  }
  socket.on('data', (octets) => {
    heard.pieces.push(octets.toString('latin1'))
    const until = performance.now() + work
    while (performance.now() < until);
    if (octets.toString('latin1').endsWith('\\n') && say !== undefined) socket.end()
  })
  socket.resume()
  if (say !== undefined) socket.write(say)
  heard.end = await end
  socket.destroy()
  return heard
}
`

interface Settings {
  readonly port: number
  readonly security: Security
  readonly ca: string
  /** How often it connects. */
  readonly times: number
  /** How long it is busy with each piece (ms). */
  readonly work: number
  /** What it says when it is greeted; without that, it only listens. */
  readonly say?: string | undefined
}

type Client = (settings: Settings) => Promise<Heard[]>

const requires = `require('node:net'), require('node:tls')`

/** In the process and thread of the server. */
async function here(settings: Settings): Promise<Heard[]> {
  // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-type-assertion -- the same program as elsewhere
  const meet = new Function('net', 'tls', 'settings', `${source}; return meet(net, tls, settings)`) as (
    net: object,
    tls: object,
    settings: Settings,
  ) => Promise<Heard[]>
  return await meet({ connect }, { connect: connectSecurely }, settings)
}

async function inWorker(settings: Settings): Promise<Heard[]> {
  const program = `${source}; const { parentPort, workerData } = require('node:worker_threads')
    meet(${requires}, workerData).then((heard) => parentPort.postMessage(heard))`
  const worker = new Worker(program, { eval: true, workerData: settings })
  const [heard] = (await once(worker, 'message')) as [Heard[]]
  await worker.terminate()
  return heard
}

async function inProcess(settings: Settings): Promise<Heard[]> {
  const program = `${source}; meet(${requires}, JSON.parse(process.argv[1])).then((heard) => console.log(JSON.stringify(heard)))`
  return JSON.parse(await outputOf(spawn(process.execPath, ['-e', program, JSON.stringify(settings)]))) as Heard[]
}

async function inPython({ port, times, say = '' }: Settings): Promise<Heard[]> {
  const program = `
import json, socket, sys
def meet(port, say):
    peer, pieces = socket.create_connection(('127.0.0.1', port)), []
    if say:
        while not peer.recv(1000).endswith(b'\\n'): pass
        peer.sendall(say)
    try:
        while True:
            octets = peer.recv(1000)
            if not octets: return {'pieces': pieces, 'end': 'end'}
            pieces.append(octets.decode('latin1'))
            if say and octets.endswith(b'\\n'): return {'pieces': pieces, 'end': 'end'}
    except ConnectionResetError: return {'pieces': pieces, 'end': 'read ECONNRESET'}
print(json.dumps([meet(int(sys.argv[1]), sys.argv[3].encode()) for _ in range(int(sys.argv[2]))]))`
  return JSON.parse(await outputOf(spawn('python3', ['-c', program, String(port), String(times), say]))) as Heard[]
}

async function outputOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  if (output === '') throw new Error(`The client fails: ${errors}`)
  return output
}

async function listening(
  security: Security,
  options: Pop3ServerOptions,
): Promise<[Pop3Server, Pick<Settings, 'port' | 'security' | 'ca'>]> {
  const server = setupPop3Server(options)
  await server.listen({ tls: security === 'implicit' ? 'implicit' : 'none' })
  return [server, { port: server.port, security, ca: await server.certificateAuthority() }]
}

const octetByOctet = Array.from('+OK\r\n')

const [major] = process.versions.node.split('.').map(Number)
const isLinux = process.platform === 'linux'
const hasPython = spawnSync('python3', ['--version']).error === undefined

const clients: readonly [string, Client, Security, boolean][] = [
  ['in this process, in clear', here, 'none', true],
  // Before Node 24 nobody tells of tls.connect(), but the kernel knows.
  ['in this process, in TLS from the beginning', here, 'implicit', isLinux || (major ?? 0) >= 24],
  ['in this process, in TLS behind STLS', here, 'starttls', true],
  ['in a worker thread', inWorker, 'none', isLinux],
  ['in a worker thread, in TLS', inWorker, 'implicit', isLinux],
  ['in a process of its own', inProcess, 'none', isLinux],
  ['in a process of its own, in TLS from the beginning', inProcess, 'implicit', isLinux],
  ['in a process of its own, in TLS behind STLS', inProcess, 'starttls', isLinux],
  ['that is a program of Python', inPython, 'none', isLinux],
]

for (const [name, run, security, isProved] of clients) {
  test(`a client ${name} reads octet by octet, and the transcript says so`, async (context) => {
    if (run === inPython && !hasPython) context.skip('python3 is not installed')
    const [server, settings] = await listening(security, {
      handlers: [pop3.command('XTND', [fault.chunks(1), () => reply.ok()])],
    })
    for (const work of [0, 12]) {
      const heard = await run({ ...settings, times: 2, work, say: 'XTND\r\n' })
      expect(heard.map(({ pieces }) => pieces)).toEqual([octetByOctet, octetByOctet])
    }
    await server.close()
    expect(server.transcript().includes('unproved')).toBe(!isProved)
  })
}

for (const [name, run, security] of clients.filter(([, , , isProved]) => isProved)) {
  test(`a client ${name} reads what comes before a reset, and then sees the reset`, async (context) => {
    if (run === inPython && !hasPython) context.skip('python3 is not installed')
    const [server, settings] = await listening(security, { handlers: [pop3.greeting(fault.reset({ octet: 7 }))] })
    if (security === 'starttls') {
      server.resetHandlers(pop3.command('XTND', [fault.reset({ octet: 7 }), () => reply.ok('as you like')]))
    }
    const say = security === 'starttls' ? 'XTND\r\n' : undefined
    const times = run === here ? 100 : 20
    const heard = await run({ ...settings, times, work: 0, say })
    const what = security === 'starttls' ? '+OK as ' : '+OK POP'
    for (const { pieces, end } of heard) {
      expect(pieces.join('')).toBe(what)
      expect(end).toBe('read ECONNRESET')
    }
    expect(heard).toHaveLength(times)
    await server.close()
    expect(server.transcript().match(/^# reset by the server \(handler\)$/gm)).toHaveLength(times)
  })
}

test.each([
  ['refused', pop3.connection(fault.refuse())],
  ['reset before it is greeted', pop3.greeting(fault.reset('start'))],
] as const)('a client is %s and hears nothing, wherever it runs', async (_what, handler) => {
  const [server, settings] = await listening('none', { handlers: [handler] })
  for (const run of [here, inWorker, inProcess]) {
    const reset = { pieces: [], end: expect.stringMatching(/ECONNRESET$/) }
    expect(await run({ ...settings, times: 10, work: 0 })).toEqual(Array.from({ length: 10 }, () => reset))
  }
  await server.close()
})
