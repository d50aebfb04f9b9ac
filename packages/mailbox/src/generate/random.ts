/** Numbers that look random and are the same for the same seed, on every machine and in every version of Node. */

/** A source of numbers for one thing of many. */
export class Random {
  #state: number

  /** @param stream Which of the many it is: each has numbers of its own. */
  constructor(seed: number, stream: number) {
    // Both halves of the seed count, and neighbours must not look alike.
    this.#state = mixed(mixed(mixed(seed >>> 0) ^ Math.floor(seed / 0x1_0000_0000)) ^ stream)
  }

  /** From 0 to 2 to the power of 32, less one (splitmix32). */
  next(): number {
    this.#state = (this.#state + 0x9e37_79b9) | 0
    return mixed(this.#state) >>> 0
  }

  /** From 0 up, and below a limit. */
  below(limit: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * limit)
  }

  /** One of a list. */
  pick<Item>(list: readonly [Item, ...Item[]]): Item {
    return list[this.below(list.length)] ?? list[0]
  }
}

/** Each bit of what comes out depends on each of what goes in. */
function mixed(bits: number): number {
  const half = Math.imul(bits ^ (bits >>> 16), 0x21f0_aaad)
  const whole = Math.imul(half ^ (half >>> 15), 0x735a_2d97)
  return whole ^ (whole >>> 15)
}
