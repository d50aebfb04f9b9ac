/** Starts real POP3 servers on loopback, out of Debian's packages. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { courier, courierFull } from './courier.ts'
import { cyrus, cyrusFull } from './cyrus.ts'
import { dovecot, dovecotFull } from './dovecot.ts'
import { layerOf, whyNotHere } from './layer.ts'
import type { Maildrop } from './maildrop.ts'
import { freePorts, greets } from './ports.ts'
import { CERTIFICATE, type Product } from './product.ts'
import { HOST_NAME, openView, UNTIL_CLOSED } from './view.ts'

const products = {
  dovecot,
  'dovecot-full': dovecotFull,
  courier,
  'courier-full': courierFull,
  cyrus,
  'cyrus-full': cyrusFull,
} as const satisfies Record<string, Product>

export type RealServerName = keyof typeof products

export const realServerNames: readonly string[] = Object.keys(products)

export function isRealServerName(name: string): name is RealServerName {
  return Object.hasOwn(products, name)
}

export interface RealServer extends AsyncDisposable {
  readonly name: RealServerName
  readonly host: string
  readonly port: number
  /** For implicit TLS. */
  readonly tlsPort: number
  /** The mail of alice. */
  readonly maildrop: Maildrop
  /** Gives alice the seven messages and nothing else. */
  resetMailbox(): Promise<void>
  /** Ends the server with all its processes, and removes what it wrote. */
  stop(): Promise<void>
}

/** In milliseconds, for a server to give its first greeting. */
const PATIENCE = 30_000

/** Starts a server and waits until it answers. It ends with this process at the latest. */
export async function startRealServer(name: RealServerName): Promise<RealServer> {
  const reason = whyNotHere()
  if (reason !== undefined) throw new Error(`Cannot run ${name}: ${reason}`)
  const { packages, prepare }: Product = products[name]
  const layer = await layerOf([...packages, 'openssl'])
  const [port = 0, tlsPort = 0, otherPort = 0] = await freePorts(3)
  const root = makeFolder(name)
  const { files, start, maildrop } = prepare({ port, tlsPort, otherPort, folder: join(root, 'mail') })
  for (const [path, text] of Object.entries({ ...commonFiles, ...files })) {
    const file = join(root, 'etc', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const view = openView({ upper: root, layer, script: [makeCertificate, start, UNTIL_CLOSED].join('\n') })
  const stop = async (): Promise<void> => {
    await view.close()
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
  const ended = new AbortController()
  void view.ended.finally(() => ended.abort())
  try {
    await greets(port, AbortSignal.any([ended.signal, AbortSignal.timeout(PATIENCE)]))
    await maildrop.reset()
  } catch (cause) {
    await stop()
    throw new Error(`Cannot run ${name}, which said:\n${view.said()}`, { cause })
  }
  const resetMailbox = (): Promise<void> => maildrop.reset()
  return { name, host: '127.0.0.1', port, tlsPort, maildrop, resetMailbox, stop, [Symbol.asyncDispose]: stop }
}

function makeFolder(name: string): string {
  const root = mkdtempSync(join(tmpdir(), `pop3kit-${name}-`))
  // The daemons are not root.
  chmodSync(root, 0o755)
  mkdirSync(join(root, 'mail'))
  return root
}

const commonFiles = { hosts: `127.0.0.1 localhost\n127.0.0.1 ${HOST_NAME} mail\n` }

const makeCertificate = `mkdir -p /etc/ssl
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${HOST_NAME} -keyout /run/key.pem -out /run/certificate.pem 2> /dev/null
cat /run/key.pem /run/certificate.pem > ${CERTIFICATE}`
