/** The columns of the real servers: they are started on loopback, checked in clear and with implicit TLS, and stopped. */
import { checkServer } from '@pop3kit/conformance'
import { setTimeout } from 'node:timers/promises'
import { messages, users } from '../real-servers/maildrop.ts'
import { startRealServer, type RealServer } from '../real-servers/start.ts'
import { columnOf, type Column } from './column.ts'

/** The products of the table. */
export const realServers = ['dovecot', 'courier', 'cyrus'] as const

export type RealServerOfTable = (typeof realServers)[number]

/** Checks a real server, its inactivity timer too, which takes most of an hour. */
export async function realColumn(name: RealServerOfTable): Promise<Column> {
  const server = await startRealServer(name)
  try {
    return await check(server)
  } finally {
    await server.stop()
  }
}

async function check(server: RealServer): Promise<Column> {
  const { host, port, tlsPort } = server
  const options = { host, user: 'alice', password: users['alice'], messages, allowDeletions: true } as const
  const wait = (ms: number): Promise<void> => setTimeout(ms)
  const inClear = await checkServer({ ...options, port, wait, timeLimit: '30m' })
  await server.resetMailbox()
  const tls = { mode: 'implicit', rejectUnauthorized: false } as const
  const underTls = await checkServer({ ...options, port: tlsPort, tls, timeLimit: '30m' })
  return columnOf([inClear, underTls])
}
