/** What a program does with our client that takes in mail: it fetches everything, and deletes what it has. */
import { Pop3Client, type Pop3ConnectOptions, isPop3Error } from '@pop3kit/client'

export interface Ingestion {
  /** The code of the error that ended it, or `well`. */
  readonly ended: string
  readonly stored: readonly string[]
}

/** A character an octet. */
export const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1')

/** Fetches as alice. An error of ours ends it; any other is thrown. */
export async function ingest(server: Pick<Pop3ConnectOptions, 'transport' | 'host' | 'port'>): Promise<Ingestion> {
  const stored: string[] = []
  let client: Pop3Client | undefined
  try {
    client = await Pop3Client.connect({
      ...server,
      auth: { user: 'alice', pass: 'wonderland', mechanism: 'USER' },
      timeout: 250,
    })
    await client.stat()
    await client.list()
    for await (const message of client.messages()) {
      stored.push(text(await message.bytes()))
      message.markDeleted()
    }
    await client.quit()
    return { ended: 'well', stored }
  } catch (error) {
    if (!isPop3Error(error)) throw error
    return { ended: error.code, stored }
  } finally {
    await client?.close()
  }
}
