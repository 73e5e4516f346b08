/** Chance that is the same in every run with the same seed (mulberry32). */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** A number from 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0 up to `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  /** Does something of this likelihood happen? */
  happens(likelihood: number): boolean {
    return this.next() < likelihood
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** A positive number around 1 with rare large ones: how liked, how busy, how many. */
  heavyTailed(spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
    return Math.exp(normal * spread - (spread * spread) / 2)
  }

  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    const mixed = [...items]
    for (let at = mixed.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1)
      const [a, b] = [mixed[at] as T, mixed[other] as T]
      mixed[at] = b
      mixed[other] = a
    }
    return mixed
  }
}

/** Picks numbers from 0 up to `count` so that few are picked often and most rarely (Zipf), by binary search. */
export class Zipf {
  readonly #sums: Float64Array
  readonly #order: number[]

  /** `exponent` says how unequal: 0 is fair, 1 is the usual law. Which numbers are the frequent ones is chance. */
  constructor(count: number, exponent: number, chance: Chance) {
    this.#order = chance.shuffled(Array.from({ length: count }, (_, at) => at))
    this.#sums = new Float64Array(count)
    let sum = 0
    for (let rank = 0; rank < count; rank += 1) {
      sum += 1 / (rank + 3) ** exponent
      this.#sums[rank] = sum
    }
  }

  pick(chance: Chance): number {
    const wanted = chance.next() * (this.#sums.at(-1) ?? 0)
    let [low, high] = [0, this.#sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return this.#order[low] ?? 0
  }
}
