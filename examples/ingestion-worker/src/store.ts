/** What was taken in, in SQLite. */
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

export class Store {
  readonly #database: DatabaseSync

  constructor(path: string) {
    this.#database = new DatabaseSync(path)
    // Some servers give two messages the same unique-id: only what is the same octet for octet is the same message.
    this.#database.exec(`
      CREATE TABLE IF NOT EXISTS messages (
        unique_id TEXT NOT NULL,
        digest BLOB NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (unique_id, digest)
      ) STRICT
    `)
  }

  has(uniqueId: string): boolean {
    return this.#database.prepare('SELECT 1 FROM messages WHERE unique_id = ?').get(uniqueId) !== undefined
  }

  /** Committed when it returns. What is there already is not stored again. */
  add(uniqueId: string, content: Uint8Array): void {
    const digest = createHash('sha256').update(content).digest()
    this.#database.prepare('INSERT OR IGNORE INTO messages VALUES (?, ?, ?)').run(uniqueId, digest, content)
  }

  /** In the order in which they were stored. */
  messages(): Uint8Array[] {
    const rows = this.#database.prepare('SELECT content FROM messages ORDER BY rowid').all()
    return rows.map(({ content }) => content).filter((content) => content instanceof Uint8Array)
  }

  close(): void {
    this.#database.close()
  }
}
