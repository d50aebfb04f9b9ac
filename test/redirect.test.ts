/** Hosts that applications have hard-coded, redirected to the mock: any client, any way to connect, TLS that is checked. */
import { fault, pop3, setupPop3Server, type Pop3Server, type Pop3ServerOptions } from '@pop3kit/server'
import { redirect, type RedirectOptions, type UndoRedirect } from '@pop3kit/server/redirect'
import { once } from 'node:events'
import * as http from 'node:http'
import * as net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tls from 'node:tls'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { inClear, overTls } from './applications.ts'

const messages = ['Subject: one\r\n\r\nfirst\r\n', 'Subject: two\r\n\r\nsecond\r\n']
const maildrops = { alice: { password: 'wonderland', messages } }
const greeting = '+OK POP3 server ready\r\n'
const pristine = Reflect.get(net.Socket.prototype, 'connect')

const servers: Pop3Server[] = []

function setUp(options: Pop3ServerOptions = {}): Pop3Server {
  const server = setupPop3Server({ maildrops, ...options })
  servers.push(server)
  return server
}

const undos: UndoRedirect[] = []

/** A redirect that is undone behind the test if not before. */
async function redirected(
  server: Pop3Server,
  hosts: readonly string[],
  options?: RedirectOptions,
): Promise<UndoRedirect> {
  const undo = await redirect(server, hosts, options)
  undos.push(undo)
  return undo
}

afterEach(async () => {
  for (const undo of undos.splice(0)) undo()
  await Promise.all(servers.splice(0).map((server) => server.close()))
  expect(Reflect.get(net.Socket.prototype, 'connect') === pristine, 'connect is as it was').toBe(true)
})

/** The first octets that come, or the code of the error. */
async function heard(socket: net.Socket): Promise<string> {
  const [first] = await once(socket, 'data').catch((error: Error) => [Reflect.get(error, 'code')])
  socket.destroy()
  return String(first)
}

/** The error of a socket. */
async function errorOf(socket: net.Socket): Promise<Error> {
  return (await once(socket, 'error'))[0]
}

/** A server of something else on loopback. */
async function elsewhere(): Promise<{ port: number; close: () => void }> {
  const server = net.createServer((socket) => socket.on('error', () => {}).end('elsewhere'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { port: (server.address() as net.AddressInfo).port, close: () => server.close() }
}

/** Finds every name on loopback, and nothing by asking anybody. */
const onLoopback = ((_host: string, { all }: { all?: boolean }, found: (...args: unknown[]) => void): void => {
  if (all === true) found(null, [{ address: '127.0.0.1', family: 4 }])
  else found(null, '127.0.0.1', 4)
}) as unknown as net.LookupFunction

const never = (): never => {
  throw new Error('a name was looked up')
}

describe('every way to connect', () => {
  const host = 'pop.example.com'
  const ways: Record<string, () => net.Socket> = {
    'net.connect(options)': () => net.connect({ host, port: 110, lookup: never }),
    'net.connect(port, host)': () => net.connect(110, host),
    'net.createConnection(port, host, callback)': () => net.createConnection(110, host, () => {}),
    'new Socket().connect(options)': () => new net.Socket().connect({ host, port: 110 }),
    'new Socket().connect(port, host, callback)': () => new net.Socket().connect(110, host, () => {}),
    'a port that is text': () => net.connect({ host, port: '110' as unknown as number }),
    'upper case': () => net.connect(110, 'POP.Example.COM'),
    'a dot at the end': () => net.connect(110, 'pop.example.com.'),
    'a family of addresses': () => net.connect({ host, port: 110, family: 6 }),
    'a local address': () => net.connect({ host, port: 110, localAddress: '192.0.2.1' }),
    'an IPv4 address': () => net.connect(110, '192.0.2.7'),
    'an IPv6 address': () => net.connect(110, '2001:db8::1'),
    'an IPv6 address in another spelling': () => net.connect(110, '2001:DB8:0:0::1'),
    'a host that was named without a port': () => net.connect(110, 'pop.example.org'),
  }
  test.each(Object.entries(ways))('%s', async (_way, connect) => {
    await redirected(setUp({ tls: false }), ['pop.example.com:110', '192.0.2.7:110', '[2001:db8::1]:110'])
    await redirected(servers[0] as Pop3Server, ['Pop.Example.Org.:110'])
    expect(await heard(connect())).toBe(greeting)
  })

  test('tls.connect(port, host, options), and a host that was named without a port', async () => {
    const server = setUp()
    await redirected(server, ['pop.example.com'])
    const ca = await server.certificateAuthority()
    expect(await heard(tls.connect(995, host, { ca }))).toBe(greeting)
    expect(await heard(net.connect(110, host))).toBe(greeting)
  })

  test('the callback is called once, and the socket says what it is connected to', async () => {
    await redirected(setUp(), ['pop.example.com:110'])
    const connected = vi.fn()
    const socket = net.connect(110, host, connected)
    await once(socket, 'data')
    expect(connected).toHaveBeenCalledOnce()
    expect(socket.remoteAddress).toBe('127.0.0.1')
    socket.destroy()
  })
})

describe('what is not redirected', () => {
  test('other hosts, other ports and loopback are left alone', async () => {
    const other = await elsewhere()
    await redirected(setUp(), ['pop.example.com:110'])
    for (const host of ['pop.example.com', 'imap.example.com', 'localhost', '127.0.0.1']) {
      expect(await heard(net.connect({ host, port: other.port, lookup: onLoopback }))).toBe('elsewhere')
    }
    other.close()
  })

  test.skipIf(process.platform === 'win32')('local sockets are left alone, refusing or not', async () => {
    const path = join(tmpdir(), `redirect-${process.pid}.sock`)
    const listener = net.createServer((socket) => socket.end('elsewhere'))
    await once(listener.listen(path), 'listening')
    await redirected(setUp(), ['pop.example.com:110'], { onUnhandledHost: 'error' })
    expect(await heard(net.connect(path))).toBe('elsewhere')
    expect(await heard(net.connect({ path }))).toBe('elsewhere')
    listener.close()
  })

  test('is refused on demand, in an event and without a look-up; loopback is not', async () => {
    const other = await elsewhere()
    await redirected(setUp(), ['pop.example.com:110'], { onUnhandledHost: 'error' })
    const lookup = never
    for (const connect of [
      () => net.connect({ host: 'pop.example.com', port: 995, lookup }),
      () => net.connect({ host: '192.0.2.1', port: 110 }),
      () => tls.connect({ host: 'imap.example.com', port: 993, servername: 'imap.example.com', lookup }),
    ]) {
      const socket = connect()
      expect(socket.connecting).toBe(true)
      expect(await heard(socket)).toBe('POP3_REDIRECT')
    }
    expect(await errorOf(net.connect(993, 'IMAP.example.com'))).toMatchObject({
      host: 'imap.example.com',
      port: 993,
      message:
        'Cannot connect to imap.example.com:993: onUnhandledHost refuses what is not redirected; redirected are pop.example.com:110',
    })
    expect(await heard(net.connect(other.port, '127.0.0.1'))).toBe('elsewhere')
    other.close()
  })

  test('HTTP is refused like everything else, however it is asked for', async () => {
    await redirected(setUp(), ['pop.example.com:110'], { onUnhandledHost: 'error' })
    const [error] = await once(http.get('http://api.example.com/customers'), 'error')
    expect(error).toMatchObject({ code: 'POP3_REDIRECT', host: 'api.example.com', port: 80 })
    await expect(fetch('https://api.example.com/')).rejects.toMatchObject({ cause: { code: 'POP3_REDIRECT' } })
  })

  test('a function decides', async () => {
    const other = await elsewhere()
    const asked: string[] = []
    await redirected(setUp(), ['pop.example.com'], {
      onUnhandledHost: (host, port) => {
        asked.push(`${host}:${port}`)
        return port === 110 || port === 995 ? 'error' : 'bypass'
      },
    })
    const lookup = onLoopback
    expect(await heard(net.connect({ host: 'pop.example.net', port: 995, lookup }))).toBe('POP3_REDIRECT')
    expect(await heard(net.connect({ host: 'api.example.net', port: other.port, lookup }))).toBe('elsewhere')
    expect(asked).toEqual(['pop.example.net:995', `api.example.net:${other.port}`])
    other.close()
  })

  test.each([
    '',
    'pop.example.com:',
    'pop.example.com:0',
    'pop.example.com:65536',
    'pop://pop.example.com',
    '[pop]:110',
    '*.example.com:110',
  ])('a host %j is refused', async (host) => {
    await expect(redirect(setUp(), [host])).rejects.toMatchObject({
      code: 'POP3_ARGUMENT',
      message: expect.stringContaining(`Cannot redirect "${host}": expected a host such as`),
    })
  })

  test('a choice that there is not is refused', async () => {
    const onUnhandledHost = 'warn' as 'error'
    await expect(redirect(setUp(), ['pop.example.com'], { onUnhandledHost })).rejects.toThrow('Cannot use "warn"')
    await redirected(setUp(), ['pop.example.com'], { onUnhandledHost: () => onUnhandledHost })
    expect(() => net.connect(110, 'pop.example.net')).toThrow('Cannot use "warn" for onUnhandledHost')
  })

  test('one host that is in no list is refused', async () => {
    // @ts-expect-error -- as in JavaScript
    await expect(redirect(setUp(), 'pop.example.com:995')).rejects.toThrow(
      'Cannot redirect "pop.example.com:995": expected a list of hosts, such as ["pop.gmail.com:995"]',
    )
  })
})

describe('clients', () => {
  test.each(Object.entries(inClear))('%s fetches from port 110', async (_name, fetchAll) => {
    const server = setUp()
    await redirected(server, ['pop.example.com:110'])
    const ca = await server.certificateAuthority()
    const fetched = await fetchAll({ host: 'pop.example.com', port: 110, ca })
    expect(fetched.map((message) => message.trim())).toEqual(messages.map((message) => message.trim()))
  })

  test.each(Object.entries(overTls))('%s fetches from port 995', async (_name, fetchAll) => {
    const server = setUp()
    await redirected(server, ['pop.gmail.com:995'])
    const ca = await server.certificateAuthority()
    const fetched = await fetchAll({ host: 'pop.gmail.com', port: 995, ca })
    expect(fetched.map((message) => message.trim())).toEqual(messages.map((message) => message.trim()))
    expect(server.sessions[0]?.transcript()).toContain('# TLS')
  })

  test('a split is proved to be one', async () => {
    const server = setUp()
    await redirected(server, ['pop.example.com:110', 'pop.gmail.com:995'])
    server.use(pop3.uidl(fault.split({ line: 1 }, 'terminator')))
    await inClear['node-pop3']?.({ host: 'pop.example.com', port: 110 })
    const ca = await server.certificateAuthority()
    await overTls['yapople']?.({ host: 'pop.gmail.com', port: 995, ca })
    expect(server.transcript()).not.toContain('unproved')
  })

  test('fake timers stop nothing', async () => {
    const server = setUp()
    vi.useFakeTimers()
    try {
      await redirected(server, ['pop.gmail.com:995'])
      const ca = await server.certificateAuthority()
      expect(await overTls['node-pop3']?.({ host: 'pop.gmail.com', port: 995, ca })).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('certificates', () => {
  const canTrust = typeof tls.setDefaultCACertificates === 'function'

  test.runIf(canTrust)('Node trusts the authority meanwhile, and whom it trusted before afterwards', async () => {
    const server = setUp()
    const authority = (await server.certificateAuthority()).trim()
    const trusted = (): Set<string> => new Set(tls.getCACertificates('default').map((pem) => pem.trim()))
    const before = trusted()
    const one = await redirect(server, ['pop.gmail.com:995'])
    const two = await redirect(server, ['pop.example.com'])
    for (const fetchAll of Object.values(overTls)) {
      expect(await fetchAll({ host: 'pop.gmail.com', port: 995 })).toHaveLength(2)
    }
    expect(await inClear['@pop3kit/client with STLS']?.({ host: 'pop.example.com', port: 110 })).toHaveLength(2)
    one()
    expect(trusted()).toContain(authority)
    two()
    expect(trusted()).toEqual(before)
  })

  test('the name has to be the one that was connected to', async () => {
    const server = setUp()
    const undo = await redirected(server, ['pop.gmail.com:995'])
    const ca = await server.certificateAuthority()
    const connect = (servername: string): net.Socket =>
      tls.connect({ host: 'pop.gmail.com', port: 995, servername, ca })
    expect(await heard(connect('pop.gmail.com'))).toBe(greeting)
    expect(await heard(connect('imap.gmail.com'))).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    expect(await heard(tls.connect({ host: 'pop.gmail.com', port: 995, ca: [] }))).toMatch(/^UNABLE_TO|SELF_SIGNED/)
    undo()
    const { port } = server
    expect(await heard(tls.connect({ host: '127.0.0.1', port, ca }))).toBe(greeting)
    expect(await heard(tls.connect({ host: '127.0.0.1', port, servername: 'pop.gmail.com', ca }))).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    )
  })

  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('M73: a certificate that is %s is refused', async (certificate, code) => {
    const server = setUp({ tls: { certificate } })
    await redirected(server, ['pop.gmail.com:995'])
    const ca = await server.certificateAuthority()
    expect(await heard(tls.connect({ host: 'pop.gmail.com', port: 995, ca }))).toBe(code)
  })

  test('an address is certified like a name', async () => {
    const server = setUp()
    await redirected(server, ['192.0.2.7:995', '[2001:db8::1]:995'])
    const ca = await server.certificateAuthority()
    expect(await heard(tls.connect({ host: '192.0.2.7', port: 995, ca }))).toBe(greeting)
    expect(await heard(tls.connect({ host: '2001:db8::1', port: 995, ca }))).toBe(greeting)
  })
})

describe('the server', () => {
  test('gets the ports that it does not have, once', async () => {
    const server = setUp()
    await server.listen()
    const { port } = server
    await redirected(server, ['pop.example.com', 'pop.example.org'])
    expect(server.addresses.map((address) => address.tls)).toEqual(['none', 'implicit'])
    expect(server.port).toBe(port)
  })

  test('cannot do TLS on port 995 when it was set up without', async () => {
    await expect(redirect(setUp({ tls: false }), ['pop.gmail.com:995'])).rejects.toThrow('Cannot do TLS')
  })

  test('that is closed is not there, and neither is the real host', async () => {
    const server = setUp()
    await redirected(server, ['pop.example.com:110'])
    await server.close()
    expect(await errorOf(net.connect(110, 'pop.example.com'))).toMatchObject({
      code: 'POP3_REDIRECT',
      message: expect.stringMatching(/^Cannot connect to pop\.example\.com:110: the mock server that/),
    })
    await server.listen()
    expect(await heard(net.connect(110, 'pop.example.com'))).toBe(greeting)
  })

  test('that was not waited for is not there, and neither is the real host', async () => {
    const redirecting = redirected(setUp(), ['pop.example.com:110'])
    expect(await heard(net.connect(110, 'pop.example.com'))).toBe('POP3_REDIRECT')
    await redirecting
  })
})

describe('undo', () => {
  test('the newest redirect of a host wins, and they are undone in any order', async () => {
    const first = setUp({ persona: 'dovecot' })
    const second = setUp()
    const listening = await elsewhere()
    const ask = (): Promise<string> => heard(net.connect({ host: 'pop.example.com', port: 110, lookup: onLoopback }))
    const undoFirst = await redirected(first, ['pop.example.com:110'])
    const undoSecond = await redirected(second, ['pop.example.com:110'])
    expect(await ask()).toBe(greeting)
    undoFirst()
    undoFirst()
    expect(await ask()).toBe(greeting)
    const undoThird = await redirected(first, ['pop.example.com:110'])
    expect(await ask()).toMatch(/^\+OK Dovecot/)
    undoThird()
    expect(await ask()).toBe(greeting)
    undoSecond()
    listening.close()
  })

  test('is what disposes of a redirect', async () => {
    {
      using undo = await redirect(setUp(), ['pop.example.com:110'])
      expect(undo).toBeTypeOf('function')
      expect(Reflect.get(net.Socket.prototype, 'connect') === pristine).toBe(false)
    }
    expect(Reflect.get(net.Socket.prototype, 'connect') === pristine).toBe(true)
  })

  test('takes away a layer that somebody has laid another one over, when that is gone', async () => {
    const server = setUp()
    const undo = await redirected(server, ['pop.example.com:110'])
    const ours = Reflect.get(net.Socket.prototype, 'connect') as (...args: unknown[]) => net.Socket
    net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
      return Reflect.apply(ours, this, args)
    }
    undo()
    net.Socket.prototype.connect = ours
    net.connect({ host: '127.0.0.1', port: server.port }).destroy()
  })

  test('a thousand times leaves nothing behind', async () => {
    const server = setUp()
    const outer = await redirected(server, ['pop.example.com'])
    const turns = async (count: number): Promise<void> => {
      for (let turn = 0; turn < count; turn += 1) {
        const undo = await redirect(server, ['pop.example.net:110'])
        if (turn % 10 === 0) expect(await heard(net.connect(110, 'pop.example.net'))).toBe(greeting)
        undo()
        await server.reset()
      }
    }
    await turns(50)
    const handles = process.getActiveResourcesInfo().length
    await turns(1000)
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(handles + 2)
    expect(server.addresses).toHaveLength(2)
    outer()
  })
})
