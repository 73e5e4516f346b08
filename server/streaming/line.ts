/**
 * Does work side by side, at most `width` at a time, and hands over its results in the order in which the work came:
 * nobody hears that a post is gone before they get it.
 */
export class Line<T> {
  readonly #width: number
  readonly #deliver: (result: T) => void
  readonly #waiting: (() => void)[] = []
  #running = 0
  #last: Promise<void> = Promise.resolve()

  constructor(width: number, deliver: (result: T) => void) {
    this.#width = width
    this.#deliver = deliver
  }

  /** How much waits for its turn. */
  get length(): number {
    return this.#waiting.length
  }

  /** Queues work. Its failure, or that of its delivery, is `failed`'s business and holds up nobody. */
  push(work: () => Promise<T>, failed: (error: unknown) => void): void {
    const result = this.#turn()
      .then(work)
      .finally(() => this.#next())
    const before = this.#last
    const delivered = result.then((value) => before.then(() => this.#deliver(value)))
    this.#last = delivered.catch((error: unknown) => before.then(() => failed(error)))
  }

  #turn(): Promise<void> {
    if (this.#running < this.#width) {
      this.#running += 1
      return Promise.resolve()
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #next(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running -= 1
  }
}
