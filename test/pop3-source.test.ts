/** The network source for msw, as far as it goes: plain clients in clear and over TLS, beside HTTP and alone. */
import { Pop3Client } from '@pop3kit/client'
import { pop3Source } from '@pop3kit/msw'
import { fault, pop3, setupPop3Server, type Pop3Server } from '@pop3kit/server'
import { HttpResponse, http } from 'msw'
import { defineNetwork } from 'msw/experimental'
import { defaultNetworkOptions } from 'msw/node'
import { once } from 'node:events'
import { type AddressInfo, Socket, connect, createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inClear, overTls } from './applications.ts'

const large = `Subject: large\r\n\r\n${'a line of a large message\r\n'.repeat(40_000)}`
const messages = ['Subject: one\r\n\r\nfirst\r\n', 'Subject: two\r\n\r\nsecond\r\n']
const pristine = Reflect.get(Socket.prototype, 'connect')
const auth = { user: 'alice', pass: 'wonderland' }
const clear = { host: 'pop.example.com', port: 110 }
const tls = { host: 'pop.gmail.com', port: 995 }

let server: Pop3Server

beforeEach(() => {
  server = setupPop3Server({ maildrops: { alice: { password: 'wonderland', messages } } })
})

const kinds = {
  'beside the sources of msw': () =>
    defineNetwork({
      ...defaultNetworkOptions,
      sources: [...defaultNetworkOptions.sources, pop3Source(server, ['pop.example.com', 'pop.gmail.com:995'])],
      handlers: [http.get('https://api.example.com/', () => HttpResponse.json('mocked'))],
      onUnhandledFrame: 'bypass',
    }),
  alone: () => defineNetwork({ sources: [pop3Source(server, ['pop.example.com', 'pop.gmail.com:995'])] }),
}

describe.each(Object.entries(kinds))('%s', (kind, define) => {
  let network: ReturnType<typeof define>

  beforeEach(() => {
    network = define()
    network.enable()
  })

  afterEach(async () => {
    await network.disable()
    await server.close()
    expect(Reflect.get(Socket.prototype, 'connect') === pristine).toBe(true)
  })

  test.each(['node-pop3', 'yapople'])('%s fetches in clear', async (name) => {
    expect(await inClear[name]?.(clear)).toHaveLength(2)
    expect(server.addresses).toEqual([])
  })

  test.each(['yapople', '@pop3kit/client'])('%s fetches over TLS', async (name) => {
    if (name === 'yapople') expect(await overTls[name]?.(tls)).toHaveLength(2)
    // It refuses what msw says of the certificate, which nobody has checked.
    else await expect(overTls[name]?.(tls)).rejects.toMatchObject({ code: 'POP3_TLS' })
  })

  test('a large message comes whole, as slowly as it is read', async () => {
    server.maildrop('alice').deliver(large)
    const client = await Pop3Client.connect({ ...clear, auth })
    let octets = 0
    for await (const chunk of client.retrStream(3)) octets += chunk.length
    expect(octets).toBe(large.length)
    await client.quit()
  })

  test.each([
    ['cut', fault.cut({ octet: 10 }), 'POP3_CLOSED'],
    ['reset', fault.reset({ octet: 10 }), 'POP3_CLOSED'],
  ] as const)('a connection that is %s is so for the client', async (_what, handler, code) => {
    server.use(pop3.retr(1, handler))
    const client = await Pop3Client.connect({ ...clear, auth })
    await expect(client.retr(1)).rejects.toMatchObject({ code })
    await client.close()
  })

  test('STLS fails, and says what to use', async () => {
    const connecting = Pop3Client.connect({ ...clear, auth, tls: 'starttls' })
    await expect(connecting).rejects.toThrow('expected redirect() for that')
  })

  test('what is not redirected goes where it is to go', async () => {
    const elsewhere = createServer((socket) => socket.end('elsewhere'))
    await once(elsewhere.listen(0, '127.0.0.1'), 'listening')
    const [heard] = await once(connect((elsewhere.address() as AddressInfo).port, '127.0.0.1'), 'data')
    expect(String(heard)).toBe('elsewhere')
    elsewhere.close()
  })

  test.runIf(kind !== 'alone')('HTTP is mocked', async () => {
    const asked = fetch('https://api.example.com/').then((response) => response.json())
    expect(await Promise.all([asked, inClear['node-pop3']?.(clear)])).toMatchObject(['mocked', { length: 2 }])
  })
})
