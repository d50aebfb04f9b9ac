/** Which clients are here: those of the machine, and those that Debian has for it. */
import { tmpdir } from 'node:os'
import { command, type Outcome } from '../lib/command.ts'
import { complaintOf } from './apt.ts'
import { encryptions, type Client, type Command, type Encryption } from './client.ts'
import { environmentOf, rootFor, unpack } from './debian.ts'

/** A client that is here, or some of it. */
export interface Presence<Kind extends Client = Client> {
  readonly client: Kind
  readonly version: string
  /** The variables without which it is not found. */
  readonly env: Readonly<Record<string, string>>
  /** The encryptions for which something is not here. */
  readonly lacks: readonly Encryption[]
}

export interface Finding<Kind extends Client> {
  readonly presence?: Presence<Kind>
  /** Why the client is not here, or not all of it. */
  readonly reason?: string
}

/** Looks for a client on the machine, and then among the packages of Debian. */
export async function find<Kind extends Client>(client: Kind): Promise<Finding<Kind>> {
  const root = rootFor(client.name)
  const here = await look(client, root)
  if (here.reason === undefined || client.packages.length === 0) return here
  try {
    await unpack(root, client.packages)
  } catch (error) {
    return {
      ...here,
      reason: `not installed, and not to be had: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
  return look(client, root)
}

async function look<Kind extends Client>(client: Kind, root: string): Promise<Finding<Kind>> {
  const env = environmentOf(root)
  const run = ([program, ...args]: Command): Promise<Outcome> =>
    command(program, args, { cwd: tmpdir(), env, timeout: 60_000 })
  const { ok, stdout, transcript } = await run(client.version)
  if (!ok) return { reason: complaintOf(transcript) }
  const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? 'unknown'
  const lacks: Encryption[] = []
  let reason: string | undefined
  for (const encryption of encryptions) {
    const need = client.needs?.[encryption]
    if (need === undefined) continue
    const outcome = await run(need)
    if (outcome.ok) continue
    lacks.push(encryption)
    reason = complaintOf(outcome.transcript)
  }
  return { presence: { client, version, env, lacks }, ...(reason !== undefined && { reason }) }
}
