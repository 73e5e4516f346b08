/** What tells whether something was lost: who says it, since when, and the how manieth of its topic it is. */
export type Stamp = { from: string; born: number; seq: number }

/** Numbers what one process says of each topic. */
export class Numbering {
  readonly #from: string
  readonly #born = Date.now()
  readonly #last = new Map<string, number>()

  constructor(from: string) {
    this.#from = from
  }

  /** The stamp of the next message of a topic. */
  next(topic: string): Stamp {
    const seq = (this.#last.get(topic) ?? 0) + 1
    this.#last.set(topic, seq)
    return { from: this.#from, born: this.#born, seq }
  }

  /** How far each topic is, for those who may have missed the last of it. */
  *all(): Iterable<[topic: string, stamp: Stamp]> {
    for (const [topic, seq] of this.#last) yield [topic, { from: this.#from, born: this.#born, seq }]
  }
}

/** Notices what was lost of a topic on its way here. */
export class Sequence {
  readonly #since = Date.now()
  readonly #last = new Map<string, number>()

  /**
   * Takes the stamp of a message, or of a sign of life, which has that of the last message. Gives whether something
   * between it and the one before was lost.
   */
  isGap({ from, born, seq }: Stamp, isSign: boolean): boolean {
    const last = this.#last.get(from)
    const expected = isSign ? seq : seq - 1
    this.#last.set(from, Math.max(seq, last ?? 0))
    if (last !== undefined) return expected > last
    // Whoever was there before us has said things that we were not meant to hear.
    return born > this.#since && expected > 0
  }
}
