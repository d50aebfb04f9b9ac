/** Redirected hosts beside msw, set up in either order: POP3 wherever an application may do it, and mocked HTTP all the while. */
import { setupPop3Server, type Pop3Server } from '@pop3kit/server'
import { redirect, type UndoRedirect } from '@pop3kit/server/redirect'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import nodeHttp from 'node:http'
import { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inClear, overTls, type Application, type Provider } from './applications.ts'

const messages = ['Subject: one\r\n\r\nfirst\r\n', 'Subject: two\r\n\r\nsecond\r\n']
const maildrops = { alice: { password: 'wonderland', messages } }
const pristine = Reflect.get(Socket.prototype, 'connect')
const isPristine = (): boolean => Reflect.get(Socket.prototype, 'connect') === pristine

const api = 'https://api.example.com/customers'

/** What the resolver does before it answers. */
let meanwhile: () => Promise<unknown> = () => Promise.resolve()

const msw = setupServer(
  http.get('*://api.example.com/customers', async () => {
    await meanwhile()
    return HttpResponse.json(['alice'])
  }),
)

const hosts = ['pop.example.com:110', 'pop.gmail.com:995']
let server: Pop3Server
let undo: UndoRedirect
let providers: { clear: Provider; tls: Provider }

beforeEach(async () => {
  server = setupPop3Server({ maildrops })
  meanwhile = () => Promise.resolve()
  const ca = await server.certificateAuthority()
  providers = { clear: { host: 'pop.example.com', port: 110, ca }, tls: { host: 'pop.gmail.com', port: 995, ca } }
})

const applications: [string, () => Promise<string[]>][] = [
  ...Object.entries(inClear).map(asTask('clear')),
  ...Object.entries(overTls).map(asTask('tls')),
]

function asTask(kind: 'clear' | 'tls') {
  return ([name, fetchAll]: [string, Application]): [string, () => Promise<string[]>] => [
    `${name}, ${kind}`,
    () => fetchAll(providers[kind]),
  ]
}

const askApi = async (): Promise<unknown> => (await fetch(api)).json()

/** Asks the API in the old way, and does something in the callback of that. */
function getting<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const request = nodeHttp.get('http://api.example.com/customers', (response) => {
      response.resume()
      act().then(resolve, reject)
    })
    request.on('error', reject)
  })
}

describe.each([
  [
    'redirect() behind msw.listen()',
    async () => {
      msw.listen({ onUnhandledFrame: 'error' })
      undo = await redirect(server, hosts)
    },
    () => {
      undo()
      msw.close()
    },
  ],
  [
    'redirect() before msw.listen()',
    async () => {
      undo = await redirect(server, hosts)
      msw.listen({ onUnhandledFrame: 'error' })
    },
    () => {
      msw.close()
      undo()
    },
  ],
] as const)('%s', (_order, begin, end) => {
  beforeEach(begin)
  afterEach(async () => {
    end()
    await server.close()
    expect(isPristine()).toBe(true)
  })

  test.each(applications)('%s: mail and HTTP side by side', async (_name, fetchAll) => {
    expect(await fetchAll()).toHaveLength(2)
    expect(await askApi()).toEqual(['alice'])
    expect(await fetchAll()).toHaveLength(2)
  })

  test.each(applications)('%s: in a resolver', async (_name, fetchAll) => {
    let fetched: string[] = []
    meanwhile = async () => {
      fetched = await fetchAll()
    }
    expect(await askApi()).toEqual(['alice'])
    expect(fetched).toHaveLength(2)
  })

  test.each(applications)('%s: in a callback of http.get()', async (_name, fetchAll) => {
    expect(await getting(fetchAll)).toHaveLength(2)
  })

  test('HTTP that is asked for in the middle of a session is mocked, too', async () => {
    const [fetchAll] = Object.values(inClear)
    const [fetched, asked] = await Promise.all([fetchAll?.(providers.clear), getting(askApi)])
    expect(fetched).toHaveLength(2)
    expect(asked).toEqual(['alice'])
  })
})

test('undone before msw.close() although set up before msw.listen(), nothing is in the way of a connection', async () => {
  undo = await redirect(server, hosts)
  msw.listen()
  await askApi()
  undo()
  msw.close()
  const { host, port } = server
  expect(await inClear['node-pop3']?.({ host, port })).toHaveLength(2)
  expect(isPristine()).toBe(true)
  await server.close()
})

test('msw comes and goes while hosts are redirected', async () => {
  undo = await redirect(server, hosts)
  for (let round = 0; round < 5; round += 1) {
    msw.listen()
    expect(await askApi()).toEqual(['alice'])
    expect(await inClear['yapople']?.(providers.clear)).toHaveLength(2)
    msw.close()
    expect(await overTls['yapople']?.(providers.tls)).toHaveLength(2)
  }
  undo()
  expect(isPristine()).toBe(true)
  await server.close()
})
