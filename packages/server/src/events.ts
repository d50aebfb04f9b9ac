/** Listeners of a server, by the type of what is recorded. */
import type { Entry, EntryOf } from './record/entry.ts'

/** Told what happens in the sessions of a server. */
export type Listener<Type extends Entry['type'] = Entry['type']> = (entry: EntryOf<Type>) => void

/** The listeners of a server. */
export class Listeners {
  readonly #listeners = new Set<{ readonly type: Entry['type'] | '*'; readonly listener: (entry: Entry) => void }>()

  /** Adds a listener; the function that comes back removes it. */
  add(type: Entry['type'] | '*', listener: (entry: never) => void): () => void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is only told entries of the type that it asked for
    const added = { type, listener: listener as (entry: Entry) => void }
    this.#listeners.add(added)
    return () => {
      this.#listeners.delete(added)
    }
  }

  tell(entry: Entry): void {
    for (const { type, listener } of this.#listeners) {
      if (type === '*' || type === entry.type) listener(entry)
    }
  }
}
